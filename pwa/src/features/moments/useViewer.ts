import { useViewer as useAlbums } from "@/ui/lazy/useViewer"
import { type Post, shown } from "./moments"
import { altOf } from "./words"

/** Each post is an album of its own. */
export const useViewer = (posts: () => Post[]) => useAlbums(() => posts().map(pictures))

const pictures = (post: Post) =>
  shown(post).map(({ id, src, width, height, preview }, index) => ({
    id,
    src: src["2048"] ?? "",
    width,
    height,
    preview,
    alt: altOf(post, index),
  }))
