import { computed, type Ref, ref, type ShallowRef, shallowRef } from "vue"
import { recall, remember } from "@/api/db"
import { ApiError, OfflineError } from "@/api/errors"
import { forgetStates } from "@/api/forget"

export interface Page<T> {
  items: T[]
  next: string | null
}

/** A list that grows downwards as one reads. It is one per question and outlives its page: coming back finds it as it was left. */
export interface Feed<T> {
  items: ShallowRef<T[] | null>
  /** When the first page was answered, ms. */
  at: Ref<number | null>
  error: ShallowRef<ApiError | OfflineError | null>
  busy: Ref<boolean>
  stale: Ref<boolean>
  ended: Ref<boolean>
  /** Where the reader was when he left it. */
  place: number
  refresh: () => Promise<void>
  more: () => Promise<void>
  /** What a tap changed; null takes it out. */
  change: (id: string, apply: (item: T) => T | null) => void
}

/** So many are remembered for the next start. */
const KEPT = 20

/** What is as it was stays the very same, and is not drawn anew. */
const unchanged = <T>(before: T | undefined, now: T): T =>
  before && JSON.stringify(before) === JSON.stringify(now) ? before : now

/** `fetch` is told how many are wanted, and may give fewer. `plain` is what may lie on this phone's disk. */
export function feed<T extends { id: string }>(
  key: string,
  fetch: (after: string | null, wanted: number) => Promise<Page<T>>,
  plain: (item: T) => T,
): Feed<T> {
  const items = shallowRef<T[] | null>(null)
  const at = ref<number | null>(null)
  const error = shallowRef<ApiError | OfflineError | null>(null)
  const busy = ref(false)
  const next = ref<string | null>(null)
  let running: Promise<void> | null = null

  /** One after the other: a page that comes late must not be put behind a list made anew. */
  function alone(work: () => Promise<void>): Promise<void> {
    running ??= attempt(work).finally(() => {
      running = null
    })
    return running
  }

  async function attempt(work: () => Promise<void>): Promise<void> {
    busy.value = true
    try {
      await work()
      error.value = null
    } catch (thrown) {
      if (!(thrown instanceof ApiError || thrown instanceof OfflineError)) throw thrown
      error.value = thrown
      if (thrown instanceof ApiError && thrown.status === 404) {
        items.value = null // Not there, or no longer his: then not here either.
        void forgetStates((kept) => kept === key)
      }
    } finally {
      busy.value = false
    }
  }

  /** As much as was read before is asked for again: what was taken back goes, wherever it stood. */
  async function renew(): Promise<void> {
    if (!items.value) await recallLast()
    const wanted = items.value?.length ?? 0
    let page = await fetch(null, wanted)
    const fresh = [...page.items]
    while (page.next && fresh.length < wanted) {
      page = await fetch(page.next, wanted - fresh.length)
      fresh.push(...page.items)
    }
    const before = new Map(items.value?.map((item) => [item.id, item]))
    items.value = fresh.map((item) => unchanged(before.get(item.id), item))
    next.value = page.next
    at.value = Date.now()
    keep()
  }

  async function recallLast(): Promise<void> {
    const old = await recall<T[]>(key)
    if (!old || items.value) return
    items.value = old.value
    at.value = old.at
  }

  async function onwards(): Promise<void> {
    const page = await fetch(next.value, 0)
    items.value = [...(items.value ?? []), ...page.items]
    next.value = page.next
  }

  const keep = () => void remember(key, items.value?.slice(0, KEPT).map(plain), at.value ?? Date.now())

  return {
    items,
    at,
    error,
    busy,
    stale: computed(() => error.value !== null && items.value !== null),
    ended: computed(() => items.value !== null && next.value === null && error.value === null),
    place: 0,
    refresh: () => alone(renew),
    more: () => (next.value === null ? Promise.resolve() : alone(onwards)),
    change(id, apply) {
      const through = (list: T[]) => list.flatMap((item) => (item.id === id ? (apply(item) ?? []) : item))
      if (!items.value?.some((item) => item.id === id)) return
      items.value = through(items.value)
      keep()
    },
  }
}
