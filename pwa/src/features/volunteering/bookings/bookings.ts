import { cachedBy } from "@/api/cache"
import { del, get, post } from "@/api/client"
import type { components } from "@/api/schema"
import { uuid7 } from "@/api/uuid7"

type Schemas = components["schemas"]
export type Booking = Schemas["BookingOut"]
export type BookingCard = Schemas["BookingCard"]
export type Seat = Schemas["SeatOut"]

export const bookingsOf = cachedBy("bookings", (organisation: number) =>
  get("/api/organisations/{organisation_id}/group-bookings", { path: { organisation_id: organisation } }),
)
export const bookingOf = cachedBy("booking", (id: string) =>
  get("/api/group-bookings/{booking_id}", { path: { booking_id: id } }),
)

export async function nameSeat(booking: string, who: { user?: number; name?: string }, id = uuid7()): Promise<void> {
  const body = { id, name: who.name ?? "", user: who.user ?? null }
  await post("/api/group-bookings/{booking_id}/seats", { path: { booking_id: booking }, body })
  await bookingOf(booking).refresh()
}

export async function emptySeat(booking: Booking, signup: string, reason: string): Promise<void> {
  const path = { event_id: booking.event.id, signup_id: signup }
  await del("/api/service-events/{event_id}/signups/{signup_id}", { path, query: { reason } })
  await bookingOf(booking.id).refresh()
}

export async function passOn(booking: Booking, signup: string, to: number): Promise<void> {
  await post("/api/signups/{signup_id}/transfer", { path: { signup_id: signup }, body: { to } })
  await bookingOf(booking.id).refresh()
}

export async function giveUp(booking: Booking, reason: string): Promise<void> {
  await del("/api/group-bookings/{booking_id}", { path: { booking_id: booking.id }, query: { reason } })
  await bookingOf(booking.id).refresh()
}

export async function acceptGroup(booking: Booking): Promise<void> {
  const fresh = await post("/api/group-bookings/{booking_id}/confirmation", { path: { booking_id: booking.id } })
  bookingOf(booking.id).change(() => fresh)
}

// -- by a link that somebody passed on --------------------------------------------------------------
export const seatByLink = (token: string) => get("/api/group-bookings/link/{token}", { path: { token } })
export const takeSeat = (token: string, id: string) =>
  post("/api/group-bookings/link/{token}/seats", { path: { token }, body: { id } })
