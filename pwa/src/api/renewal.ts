import { onMounted, onUnmounted, watch } from "vue"
import { live } from "./socket"

const looking = () => document.visibilityState === "visible"

/** Runs `renew` at once and whenever what is on the screen may have grown old while nobody looked or nobody answered. */
export function useRenewal(renew: () => unknown, everyMs?: number): void {
  const again = () => looking() && renew()
  let timer: ReturnType<typeof setInterval> | undefined
  let before = live.state.value !== "off"
  // The first connection of a page just opened brings nothing that `renew` has not asked for.
  const stop = watch(live.state, (now) => {
    if (now !== "open") return
    if (before) again()
    before = true
  })
  onMounted(() => {
    renew()
    document.addEventListener("visibilitychange", again)
    window.addEventListener("focus", again)
    window.addEventListener("online", again)
    if (everyMs) timer = setInterval(again, everyMs)
  })
  onUnmounted(() => {
    stop()
    clearInterval(timer)
    document.removeEventListener("visibilitychange", again)
    window.removeEventListener("focus", again)
    window.removeEventListener("online", again)
  })
}
