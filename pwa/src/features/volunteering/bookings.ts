import { del, get, post, put } from "@/api/client"
import type { components } from "@/api/schema"
import { loadMe } from "@/api/session"
import { uuid7 } from "@/api/uuid7"
import { shelf } from "./shelf"

type Schemas = components["schemas"]
export type Booking = Schemas["BookingOut"]
export type BookingCard = Schemas["BookingCard"]
export type Seat = Schemas["SeatOut"]
export type Organisation = Schemas["OrganisationOut"]
export type Visit = Schemas["OrganisationVisitCard"]

export const bookingsOf = shelf("bookings", (organisation: number) =>
  get("/api/organisations/{organisation_id}/group-bookings", { path: { organisation_id: organisation } }),
)
export const bookingOf = shelf("booking", (id: string) =>
  get("/api/group-bookings/{booking_id}", { path: { booking_id: id } }),
)
export const organisationOf = shelf("organisation", (id: number) =>
  get("/api/organisations/{organisation_id}", { path: { organisation_id: id } }),
)
export const decisionsOf = shelf("decisions", (shift: number) =>
  get("/api/shifts/{shift_id}/decisions", { path: { shift_id: shift } }),
)
export const organisationYear = shelf("organisation-year", (key: string) => {
  const [organisation, year] = key.split("/").map(Number)
  const path = { organisation_id: organisation ?? 0 }
  return get("/api/organisations/{organisation_id}/service-records", { path, query: { year: year ?? 0 } })
})

/** Of one organisation, those to come or those that were: 9/past. */
export const visitsOf = shelf("organisation-visits", (key: string) => {
  const [organisation, which] = key.split("/")
  return which === "past" ? visitsPage(Number(organisation), 0) : visits(Number(organisation), { past: false })
})
const visits = (organisation_id: number, query: { past: boolean; after?: number }) =>
  get("/api/organisations/{organisation_id}/visits", { path: { organisation_id }, query })
export const visitsPage = (organisation: number, after: number) => visits(organisation, { past: true, after })

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
export const organisationByLink = (token: string) => get("/api/organisations/link/{token}", { path: { token } })
export async function join(token: string) {
  const joined = await post("/api/organisations/link/{token}/members", { path: { token } })
  await loadMe()
  return joined
}

// -- an organisation's people -------------------------------------------------------------------------
export async function found(name: string, kind: Schemas["OrganisationIn"]["kind"]): Promise<Organisation> {
  const made = await post("/api/organisations", { body: { name, kind } })
  await loadMe()
  return made
}

export async function renewLink(id: number): Promise<void> {
  const fresh = await post("/api/organisations/{organisation_id}/link", { path: { organisation_id: id } })
  organisationOf(id).change(() => fresh)
}

export async function setRole(id: number, user: number, role: "coordinator" | "member"): Promise<void> {
  const path = { organisation_id: id, user_id: user }
  await put("/api/organisations/{organisation_id}/members/{user_id}", { path, body: { role } })
  await organisationOf(id).refresh()
}

export async function leave(id: number, user: number, me: boolean): Promise<void> {
  await del("/api/organisations/{organisation_id}/members/{user_id}", { path: { organisation_id: id, user_id: user } })
  await (me ? loadMe() : organisationOf(id).refresh())
}
