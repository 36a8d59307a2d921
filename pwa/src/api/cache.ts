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

const isGone = (error: unknown) => error instanceof ApiError && error.status === 404

/** Why nothing could be read. Of what is not there any more, or no longer theirs, this phone keeps nothing either. */
export function whyNot(thrown: unknown, key: string): { error: ApiError | OfflineError; isGone: boolean } {
  if (!(thrown instanceof ApiError || thrown instanceof OfflineError)) throw thrown
  if (isGone(thrown)) void forgetStates((kept) => kept === key)
  return { error: thrown, isGone: isGone(thrown) }
}

class Answer<T> implements Cached<T> {
  readonly data = shallowRef<T | null>(null)
  readonly at = ref<number | null>(null)
  readonly error = shallowRef<ApiError | OfflineError | null>(null)
  readonly busy = ref(false)
  readonly stale = computed(() => this.error.value !== null && this.data.value !== null)
  private running: Promise<void> | null = null

  constructor(
    private readonly key: string,
    private readonly fetch: () => Promise<T>,
    private readonly plain: (value: T) => T,
  ) {}

  readonly refresh = (): Promise<void> => {
    this.running ??= this.renew()
    return this.running
  }

  readonly change = (apply: (data: T) => T): void => {
    if (this.data.value) this.keep(apply(this.data.value))
  }

  private async renew(): Promise<void> {
    this.busy.value = true
    const old = this.data.value ? null : await recall<T>(this.key)
    if (old && !this.data.value) {
      this.data.value = old.value
      this.at.value = old.at
    }
    try {
      this.keep(await this.fetch())
      this.error.value = null
    } catch (thrown) {
      const { error, isGone } = whyNot(thrown, this.key)
      this.error.value = error
      if (isGone) this.data.value = null
    } finally {
      this.busy.value = false
      this.running = null
    }
  }

  private keep(value: T): void {
    this.data.value = value
    this.at.value = Date.now()
    void remember(this.key, this.plain(value), this.at.value)
  }
}

/** `plain` is what of it may lie on this phone's disk. */
export const cached = <T>(key: string, fetch: () => Promise<T>, plain = (value: T) => value): Cached<T> =>
  new Answer(key, fetch, plain)

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
