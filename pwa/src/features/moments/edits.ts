import { del, get, patch } from "@/api/client"
import { OfflineError } from "@/api/errors"
import type { components } from "@/api/schema"
import type { Box, DraftPhoto, Edit } from "./drafts"

type Schemas = components["schemas"]
type Post = Schemas["MomentOut"]
type Made = Schemas["MomentMade"]

/** What a form begins with: the post as it is, or as it was changed here and is not sent yet (with the photos that are to come). */
export function begun({ text, therapy, photos }: Post, kept?: Edit, pending: DraftPhoto[] = []) {
  const there = new Map(photos.filter(({ declined }) => !declined).map((photo) => [photo.id, marksOf(photo)]))
  if (!kept) return { text, therapy: therapy ?? ("" as const), photos: [...there.values()] }
  const known = kept.photos.filter(({ id }) => there.has(id) || pending.some((photo) => photo.id === id))
  const met = new Set([...known.map(({ id }) => id), ...kept.removed])
  const later = [...there.values()].filter(({ id }) => !met.has(id))
  return { text: kept.text, therapy: kept.therapy, photos: [...known, ...later] }
}

function marksOf({ id, marked, tags }: Post["photos"][number]): DraftPhoto {
  const named = tags.map(({ member, box }) => ({ member, box: box as Box | null }))
  return { id, tags: marked ? (named.length ? named : "nobody") : null, sent: true }
}

/** To the server; a second time does nothing. What others took out meanwhile is not brought back, `fresh` is: photos that come from here. */
export async function sendEdit(moment_id: string, edit: Edit, fresh: Set<string>): Promise<Made> {
  const path = { moment_id }
  const now = await get("/api/moments/{moment_id}", { path })
  const there = new Set(now.photos.map(({ id }) => id))
  const photos = edit.photos.filter(({ id }) => there.has(id) || fresh.has(id)).map(({ id, tags }) => ({ id, tags }))
  const made = await patch("/api/moments/{moment_id}", {
    path,
    body: { text: edit.text, therapy: edit.therapy, photos },
  })
  // A hotel's sign-in page also answers 200.
  if (made.id !== moment_id) throw new OfflineError()
  for (const photo_id of edit.removed.filter((id) => there.has(id)))
    await del("/api/moments/{moment_id}/photos/{photo_id}", { path: { moment_id, photo_id } })
  return { ...made, photos: made.photos.filter(({ id }) => !edit.removed.includes(id)) }
}
