import { nextTick, onBeforeUnmount, onMounted, onUnmounted, type Ref, watch } from "vue"
import type { Feed } from "./feed"

type Growing = Pick<Feed<never>, "busy" | "error" | "more" | "place">

/** So far ahead of the reader the next page is asked for. */
const AHEAD = "800px"

/** The list grows while its foot is near, and a reader who comes back finds the place. */
export function useReading(list: () => Growing | null, foot: Readonly<Ref<HTMLElement | null>>): () => void {
  const more = () => void list()?.more()
  let eye: IntersectionObserver | null = null

  /** The foot tells only when it comes and when it goes. Looked at again, it tells that it is still there. */
  async function look() {
    await nextTick()
    if (!foot.value) return
    eye?.unobserve(foot.value)
    eye?.observe(foot.value)
  }
  watch(
    () => list()?.busy.value,
    (busy) => !busy && !list()?.error.value && void look(),
  )

  onMounted(async () => {
    eye = new IntersectionObserver(([entry]) => entry?.isIntersecting && more(), { rootMargin: AHEAD })
    await look()
    const place = list()?.place ?? 0
    if (place) requestAnimationFrame(() => window.scrollTo(0, place))
  })
  onBeforeUnmount(() => {
    const now = list()
    if (now) now.place = window.scrollY
  })
  onUnmounted(() => eye?.disconnect())
  return more
}
