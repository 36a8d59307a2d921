import { onUnmounted, watch } from "vue"
import { useRoute, useRouter } from "vue-router"
import { type Post, shown } from "./moments"
import { altOf } from "./words"

/** The photo on the whole screen stands in the address: the phone's own way back closes it. */
export function useViewer(posts: () => Post[]) {
  const route = useRoute()
  const router = useRouter()
  let close: (() => void) | null = null

  function look(photo: string) {
    void router.push({ query: { ...route.query, photo } })
  }

  function leave() {
    close = null
    if (!route.query.photo) return
    if (window.history.state?.back) return router.back()
    const { photo: _photo, ...query } = route.query
    void router.replace({ query })
  }

  async function follow(id: unknown) {
    if (!id) return close?.()
    if (close) return
    const post = posts().find(({ photos }) => photos.some((photo) => photo.id === id))
    if (!post) return
    const { view } = await import("./viewer")
    if (route.query.photo !== id || close) return
    const photos = shown(post)
    const pictures = photos.map((photo, index) => ({
      src: photo.src["2048"] ?? "",
      width: photo.width,
      height: photo.height,
      preview: photo.preview,
      alt: altOf(post, index),
    }))
    close = view(
      pictures,
      photos.findIndex((photo) => photo.id === id),
      leave,
    )
  }

  // Somebody said no, or took it back, while it is being looked at.
  watch(posts, (now) => {
    const photo = route.query.photo
    if (close && !now.some((post) => shown(post).some(({ id }) => id === photo))) close()
  })
  // Opened by its address, the post is known only a moment later.
  watch([() => route.query.photo, () => posts().length > 0], ([id]) => void follow(id), { immediate: true })
  onUnmounted(() => close?.())
  return look
}
