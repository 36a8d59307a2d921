import { cachedBy } from "@/api/cache"
import { get, put } from "@/api/client"
import type { components } from "@/api/schema"
import { isoDay } from "@/ui/dates"

type Schemas = components["schemas"]
export type Afterwards = Schemas["Afterwards"]
export type Album = Schemas["VisitAlbum"]
export type Asked = Schemas["AskedMember"]
export type Post = Schemas["MomentOut"]

const path = (id: string) => ({ event_id: id })

export const afterwardsOf = cachedBy("afterwards", (id: string) =>
  get("/api/service-events/{event_id}/afterwards", { path: path(id) }),
)

/** No picture of anybody lies on this phone's disk, however small. */
const plain = (album: Album): Album => ({
  ...album,
  photos: album.photos.map((photo) => ({ ...photo, preview: "" })),
})
export const albumOf = cachedBy(
  "visit-album",
  (id: string) => get("/api/service-events/{event_id}/album", { path: path(id) }),
  plain,
)

/** The members who were there, each with a thumb. */
export const askedOf = cachedBy("visit-opinions", (id: string) =>
  get("/api/service-events/{event_id}/opinions", { path: path(id) }),
)

/** What the Home posted on the day of the visit and today, with photos: the newest first. */
export async function postsOfVisit(home: number, starts_at: string, now: number): Promise<Post[]> {
  const days = [...new Set([isoDay(now), isoDay(starts_at)])]
  const pages = await Promise.all(days.map((day) => get("/api/moments", { query: { home, day, limit: 50 } })))
  return pages.flatMap(({ items }) => items).filter(({ photos }) => photos.length)
}

export async function thank(id: string, text: string, post: string | null): Promise<void> {
  await put("/api/service-events/{event_id}/thanks", { path: path(id), body: { text, post } })
  await Promise.all([afterwardsOf(id).refresh(), post ? albumOf(id).refresh() : undefined])
}

export async function giveFeedback(id: string, again: boolean, text: string): Promise<void> {
  await put("/api/service-events/{event_id}/feedback", { path: path(id), body: { again, text } })
  await afterwardsOf(id).refresh()
}

/** Null takes it back. */
export async function sayOpinion(id: string, member: number, liked: boolean | null): Promise<void> {
  const where = { event_id: id, member_id: member }
  await put("/api/service-events/{event_id}/opinions/{member_id}", { path: where, body: { liked } })
  askedOf(id).change((all) => all.map((each) => (each.id === member ? { ...each, liked } : each)))
}
