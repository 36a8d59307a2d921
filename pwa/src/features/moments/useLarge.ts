import { onUnmounted, shallowReactive, watch } from "vue"
import { pictureOf } from "./drafts"

/** Photos of this phone, large enough to draw in; null for what this browser cannot show. */
export function useLarge(ids: () => string[]): (id: string) => string | null {
  const urls = shallowReactive(new Map<string, string>())
  watch(
    ids,
    async (wanted) => {
      for (const id of wanted) {
        if (urls.has(id)) continue
        const picture = await pictureOf(id)
        if (picture?.thumb) urls.set(id, URL.createObjectURL(picture.blob))
      }
    },
    { immediate: true },
  )
  onUnmounted(() => {
    for (const url of urls.values()) URL.revokeObjectURL(url)
  })
  return (id) => urls.get(id) ?? null
}
