import { onMounted, onUnmounted, type Ref, ref } from "vue"

/** The present moment, moving on while a page is open, so that “5 分钟前” and “今天” stay true. */
export function useNow(everyMs = 20_000): Ref<number> {
  const now = ref(Date.now())
  let timer: ReturnType<typeof setInterval> | undefined
  const tick = () => {
    now.value = Date.now()
  }
  onMounted(() => {
    timer = setInterval(tick, everyMs)
    document.addEventListener("visibilitychange", tick)
  })
  onUnmounted(() => {
    clearInterval(timer)
    document.removeEventListener("visibilitychange", tick)
  })
  return now
}
