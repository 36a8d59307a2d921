import { computed, ref, shallowRef } from "vue"
import { whyNot } from "@/api/cache"
import { recall, remember } from "@/api/db"
import type { ApiError, OfflineError } from "@/api/errors"

export interface Page<T> {
  items: T[]
  next: string | null
}

/** So many are remembered for the next start. */
const KEPT = 20

/** What is as it was stays the very same, and is not drawn again. */
const unchanged = <T>(before: T | undefined, now: T): T =>
  before && JSON.stringify(before) === JSON.stringify(now) ? before : now

/** A list that grows downwards as one reads. It is one per question and outlives its page: coming back finds it as it was left. */
export class Feed<T extends { id: string }> {
  readonly items = shallowRef<T[] | null>(null)
  /** When the first page was answered, ms. */
  readonly at = ref<number | null>(null)
  readonly error = shallowRef<ApiError | OfflineError | null>(null)
  readonly busy = ref(false)
  readonly stale = computed(() => this.error.value !== null && this.items.value !== null)
  readonly ended = computed(() => this.items.value !== null && this.next.value === null && this.error.value === null)
  /** Where the reader was when they left it. */
  place = 0
  private readonly next = ref<string | null>(null)
  private running: Promise<void> | null = null

  /** `fetch` is told how many are wanted, and may give fewer. `plain` is what may lie on this phone's disk. */
  constructor(
    private readonly key: string,
    private readonly fetch: (after: string | null, wanted: number) => Promise<Page<T>>,
    private readonly plain: (item: T) => T,
  ) {}

  readonly refresh = (): Promise<void> => this.alone(() => this.renew())
  readonly more = async (): Promise<void> => (this.next.value === null ? undefined : this.alone(() => this.onwards()))

  /** What a tap changed; null takes it out. */
  change(id: string, apply: (item: T) => T | null): void {
    const list = this.items.value
    if (!list?.some((item) => item.id === id)) return
    this.items.value = list.flatMap((item) => (item.id === id ? (apply(item) ?? []) : item))
    this.keep()
  }

  /** One after the other: a page that comes late must not be put behind a list made again. */
  private alone(work: () => Promise<void>): Promise<void> {
    this.running ??= this.attempt(work).finally(() => {
      this.running = null
    })
    return this.running
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    this.busy.value = true
    try {
      await work()
      this.error.value = null
    } catch (thrown) {
      const { error, isGone } = whyNot(thrown, this.key)
      this.error.value = error
      if (isGone) this.items.value = null
    } finally {
      this.busy.value = false
    }
  }

  /** As much as was read before is asked for again: what was taken back goes, wherever it stood. */
  private async renew(): Promise<void> {
    if (!this.items.value) await this.recallLast()
    const wanted = this.items.value?.length ?? 0
    let page = await this.fetch(null, wanted)
    const fresh = [...page.items]
    while (page.next && fresh.length < wanted) {
      page = await this.fetch(page.next, wanted - fresh.length)
      fresh.push(...page.items)
    }
    const before = new Map(this.items.value?.map((item) => [item.id, item]))
    this.items.value = fresh.map((item) => unchanged(before.get(item.id), item))
    this.next.value = page.next
    this.at.value = Date.now()
    this.keep()
  }

  private async recallLast(): Promise<void> {
    const old = await recall<T[]>(this.key)
    if (!old || this.items.value) return
    this.items.value = old.value
    this.at.value = old.at
  }

  private async onwards(): Promise<void> {
    const page = await this.fetch(this.next.value, 0)
    this.items.value = [...(this.items.value ?? []), ...page.items]
    this.next.value = page.next
  }

  private keep(): void {
    void remember(this.key, this.items.value?.slice(0, KEPT).map(this.plain), this.at.value ?? Date.now())
  }
}
