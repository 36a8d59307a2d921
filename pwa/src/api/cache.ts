import { computed, type Ref, ref, type ShallowRef, shallowRef, watch } from "vue"
import { recall, remember } from "./db"
import { ApiError, OfflineError } from "./errors"
import { forgetStates } from "./forget"
import { me } from "./session"

/** The last known answer of one GET, with its age; it is shown at once and renewed behind. */
export interface Cached<T> {
  data: ShallowRef<T | null>
  /** When the answer was given, ms. */
  at: Ref<number | null>
  error: ShallowRef<ApiError | OfflineError | null>
  busy: Ref<boolean>
  /** There is something to show, but it could not be renewed. */
  stale: Ref<boolean>
  refresh: () => Promise<void>
  /** What a live frame or a tap changed. */
  change: (apply: (data: T) => T) => void
}

/** `plain` is what of it may lie on this phone's disk. */
export function cached<T>(key: string, fetch: () => Promise<T>, plain = (value: T) => value): Cached<T> {
  const data = shallowRef<T | null>(null)
  const at = ref<number | null>(null)
  const error = shallowRef<ApiError | OfflineError | null>(null)
  const busy = ref(false)
  let running: Promise<void> | null = null

  async function renew() {
    busy.value = true
    const old = data.value ? null : await recall<T>(key)
    if (old && !data.value) {
      data.value = old.value
      at.value = old.at
    }
    try {
      keep(await fetch())
      error.value = null
    } catch (thrown) {
      if (!(thrown instanceof ApiError || thrown instanceof OfflineError)) throw thrown
      error.value = thrown
      if (thrown instanceof ApiError && thrown.status === 404) {
        data.value = null // Not there, or no longer his: then not here either.
        void forgetStates((kept) => kept === key)
      }
    } finally {
      busy.value = false
      running = null
    }
  }

  function keep(value: T) {
    data.value = value
    at.value = Date.now()
    void remember(key, plain(value), at.value)
  }

  return {
    data,
    at,
    error,
    busy,
    stale: computed(() => error.value !== null && data.value !== null),
    refresh() {
      running ??= renew()
      return running
    },
    change(apply) {
      if (data.value) keep(apply(data.value))
    },
  }
}

/** One cached answer a key; another person on this phone starts with nothing. */
export function cachedBy<K extends string | number, T>(
  name: string,
  fetch: (key: K) => Promise<T>,
  plain?: (value: T) => T,
): (key: K) => Cached<T> {
  const kept = new Map<K, Cached<T>>()
  watch(
    () => me.value?.id,
    () => kept.clear(),
    { flush: "sync" },
  )
  return (key) => {
    const one = kept.get(key) ?? cached(`${name}:${key}`, () => fetch(key), plain)
    kept.set(key, one)
    return one
  }
}
