import { del } from "@/api/client"
import { upload } from "@/api/upload"
import { shrink } from "@/ui/lazy/canvas"
import { type Event, eventOf } from "../events/events"

export const KINDS_OF_PHOTO = "image/jpeg,image/png,image/webp,image/heic,image/heif"
const LONGEST_SIDE = 1600

/** Made small first where this phone can; the server takes what it cannot. */
export async function setCover(event: Event, photo: File, progress: (part: number) => void): Promise<void> {
  const small = (await shrink(photo, LONGEST_SIDE))?.[0] ?? photo
  const fresh = await upload<Event>("PUT", `/api/service-events/${event.id}/cover`, small, progress)
  eventOf(event.id).change(() => fresh)
}

export async function removeCover(event: Event): Promise<void> {
  await del("/api/service-events/{event_id}/cover", { path: { event_id: event.id } })
  await eventOf(event.id).refresh()
}
