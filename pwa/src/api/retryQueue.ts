import { computed, ref, shallowReactive, watch } from "vue"
import { ApiError, Told } from "./errors"
import type { Live } from "./live"

const FIRST_WAIT_MS = 2_000
/** With the jitter, half a minute. */
const LONGEST_WAIT_MS = 20_000
/** Asking again would be answered the same. */
const NEVER = new Set([400, 404, 409, 410, 422])
/** What the server itself stumbles over is tried this often before it lets the others pass. */
const STUMBLES = 5

/** One request that waits. */
export interface Errand {
  key: string
  /** Returns when it is on the server and gone from here; throws what was said instead. */
  send: () => Promise<void>
  /** The server will never take it: it is set aside with its sentence. False: it waits after all. */
  park: (refused: ApiError) => Promise<boolean | undefined>
}

/** A kind of thing that waits on this device until somebody answers. It keeps its own table. */
export interface Kind {
  /** Of the lock that holds over all tabs, and of what tells them of a change. */
  name: string
  /** Reads the table again. */
  reload: () => Promise<void>
  /** The oldest that may go up now, under who is signed in. The order is strict: what waits holds up all behind it. */
  next: () => Errand | undefined
  /** Never taken, beside what no kind is asked twice. */
  isFinal?: (refused: ApiError) => boolean
  /** How many wait, and what is said of them to whoever wants to sign out. */
  count: () => number
  farewell: (count: number) => string
  /** They are one person's, and gone when that person signs out. */
  isLost: boolean
}

const queues = shallowReactive<RetryQueue[]>([])

/** Carries one kind of thing to the server: one sender at a time over all tabs. */
export class RetryQueue {
  /** Nobody answers, or not now: it is tried again. */
  readonly stuck = ref(false)
  private readonly others: BroadcastChannel
  private readonly stumbled = new Map<string, number>()
  private failures = 0
  private timer: ReturnType<typeof setTimeout> | undefined
  private flushing: Promise<void> | null = null

  constructor(readonly kind: Kind) {
    this.others = new BroadcastChannel(kind.name)
    this.others.onmessage = () => void kind.reload()
    queues.push(this)
  }

  /** Sends what waits. */
  flush(): Promise<void> {
    this.flushing ??= this.alone()
      .catch((error: unknown) => {
        this.tryLater()
        throw error
      })
      .finally(() => {
        this.flushing = null
      })
      // Something may have come after the last look at the queue and before the lock was given back.
      .then((through) => (through && this.kind.next() ? this.flush() : undefined))
    return this.flushing
  }

  /** Somebody may answer by now: it is tried at once, and the next wait is a short one. */
  wake(): void {
    this.failures = 0
    void this.flush().catch(() => undefined)
  }

  /** A person says so: what was refused, or stumbled over, is tried like new. */
  forgive(key: string): void {
    this.stumbled.delete(key)
  }

  /** The table was changed here: the other tabs read it, too. */
  async changed(): Promise<void> {
    await this.kind.reload()
    this.others.postMessage(0)
  }

  private async alone(): Promise<boolean> {
    const run = () => this.sendAll()
    return navigator.locks ? navigator.locks.request(this.kind.name, run) : run()
  }

  /** False when something must wait for a better moment. */
  private async sendAll(): Promise<boolean> {
    clearTimeout(this.timer)
    await this.kind.reload()
    for (let next = this.kind.next(); next; next = this.kind.next()) {
      this.stuck.value = !(await this.sendOne(next))
      if (this.stuck.value) return this.tryLater()
      this.failures = 0
    }
    return true
  }

  private async sendOne({ key, send, park }: Errand): Promise<boolean> {
    try {
      await send()
    } catch (error) {
      if (!(error instanceof Told)) throw error
      if (!(error instanceof ApiError)) return false
      const stumbles = (this.stumbled.get(key) ?? 0) + Number(error.status === 500)
      this.stumbled.set(key, stumbles)
      const never = (error.ours && NEVER.has(error.status)) || this.kind.isFinal?.(error)
      return never || stumbles >= STUMBLES ? (await park(error)) !== false : false
    }
    return true
  }

  private tryLater(): false {
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.failures)
    this.failures += 1
    this.timer = setTimeout(() => void this.flush().catch(() => undefined), wait * (0.5 + Math.random()))
    return false
  }
}

export function wakeAll(): void {
  for (const queue of queues) queue.wake()
}

/** Everything that may mean "there is a network again". */
export function followNetwork(live: Live): void {
  window.addEventListener("online", wakeAll)
  window.addEventListener("focus", wakeAll)
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && wakeAll())
  // Where only the way beyond the Wi-Fi was gone, no event tells.
  watch(live.state, (now) => now === "open" && wakeAll())
}

/** What waits here when somebody wants to sign out, and whether it would be lost. */
export const farewells = computed(() =>
  queues.flatMap(({ kind }) => {
    const count = kind.count()
    return count ? [{ words: kind.farewell(count), isLost: kind.isLost }] : []
  }),
)
