import { onUnmounted, watch } from "vue"
import { useRoute, useRouter } from "vue-router"
import type { Picture } from "./viewer"

/** The photo on the whole screen stands in the address: the phone's own way back closes it. One swipes through the album that it is in. */
export function useViewer(albums: () => Picture[][]) {
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
    const isIt = (picture: Picture) => picture.id === id
    if (!albums().some((album) => album.some(isIt))) return
    const { view } = await import("./viewer")
    const album = albums().find((each) => each.some(isIt))
    if (route.query.photo !== id || close || !album) return
    close = view(album, album.findIndex(isIt), leave)
  }

  // Somebody said no, or took it back, while it is being looked at.
  watch(albums, (now) => {
    if (close && !now.some((album) => album.some(({ id }) => id === route.query.photo))) close()
  })
  // Opened by its address, the photos are known only a moment later.
  watch([() => route.query.photo, () => albums().length > 0], ([id]) => void follow(id), { immediate: true })
  onUnmounted(() => close?.())
  return look
}
