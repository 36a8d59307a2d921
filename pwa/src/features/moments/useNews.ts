import { onMounted, onUnmounted, watch } from "vue"
import { notices } from "@/api/inbox"
import type { Post } from "./moments"
import { onProgress } from "./queue"

/** A photo whose member says no is gone within a minute, from where somebody is looking at it, too. */
export const OFTEN_MS = 50_000
/** While photos are being developed. */
const SOON_MS = 3_000

/** Renewed by every word of new photos, when this phone has sent some, and while the server is still at work on one. */
export function useNews(renew: () => unknown, posts: () => Post[]): void {
  const news = () => notices.value.find((notice) => notice.kind === "moments")?.seq
  watch(news, renew)
  const developing = () => posts().some(({ photos }) => photos.some(({ status }) => status === "processing"))
  let timer: ReturnType<typeof setInterval> | undefined
  let stop: (() => void) | undefined
  onMounted(() => {
    stop = onProgress(renew)
    timer = setInterval(() => document.visibilityState === "visible" && developing() && renew(), SOON_MS)
  })
  onUnmounted(() => {
    stop?.()
    clearInterval(timer)
  })
}
