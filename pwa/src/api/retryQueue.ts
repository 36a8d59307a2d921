import { watch } from "vue"
import type { Live } from "./live"

const FIRST_WAIT_MS = 2_000
/** With the jitter, half a minute. */
const LONGEST_WAIT_MS = 20_000

export interface Courier {
  /** Sends what waits, one sender at a time over all tabs. */
  flush: () => Promise<void>
  /** Something got through, or somebody may answer by now: the next wait is a short one. */
  hope: () => void
}

/** Carries what waits on this device. `sendAll` answers false when something must wait for a better moment; `more`, whether there is anything to send. */
export function courier(lock: string, sendAll: () => Promise<boolean>, more: () => boolean): Courier {
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let flushing: Promise<void> | null = null

  async function run(): Promise<boolean> {
    clearTimeout(timer)
    const through = await sendAll()
    if (!through) waitAndTry()
    return through
  }

  function waitAndTry(): void {
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures)
    failures += 1
    timer = setTimeout(() => void flush(), wait * (0.5 + Math.random()))
  }

  function flush(): Promise<void> {
    flushing ??= alone(lock, run)
      .catch((error: unknown) => {
        waitAndTry()
        throw error
      })
      .finally(() => {
        flushing = null
      })
      // Something may have come after the last look at the queue and before the lock was given back.
      .then((through) => (through && more() ? flush() : undefined))
    return flushing
  }

  return {
    flush,
    hope() {
      failures = 0
    },
  }
}

async function alone(lock: string, run: () => Promise<boolean>): Promise<boolean> {
  return navigator.locks ? navigator.locks.request(lock, run) : run()
}

/** Everything that may mean "there is a network again". */
export function onNetwork(live: Live, again: () => void): void {
  window.addEventListener("online", again)
  window.addEventListener("focus", again)
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && again())
  // Where only the way beyond the Wi-Fi was gone, no event tells.
  watch(live.state, (now) => now === "open" && again())
}
