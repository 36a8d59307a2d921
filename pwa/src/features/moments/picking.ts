import { Told } from "@/api/errors"
import { shrink } from "@/ui/lazy/canvas"
import type { Picture } from "./drafts"

export const MOST = 18
const LONGEST_SIDE = 2560
const THUMB_SIDE = 480
/** What the server takes of a file that this phone could not make smaller. */
const MOST_BYTES = 20_000_000

/** A chosen file as it will go up, and as it can be shown here. */
export async function readied(file: File): Promise<Pick<Picture, "blob" | "thumb">> {
  const [blob, thumb] = (await shrink(file, LONGEST_SIDE, THUMB_SIDE)) ?? []
  if (blob && thumb) return { blob, thumb }
  if (file.size > MOST_BYTES) throw new Told("这张太大了，超过 20 MB，请换一张，或先在相册里存小一点。")
  return { blob: file, thumb: null }
}
