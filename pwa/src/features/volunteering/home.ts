import { del, get, post, put } from "@/api/client"
import type { components } from "@/api/schema"
import { uuid7 } from "@/api/uuid7"
import { type Event, eventOf } from "./events"
import { shelf } from "./shelf"

type Schemas = components["schemas"]
export type Plan = Schemas["EventBody"]
export type Codes = Schemas["DoorCodes"]
export type Person = Schemas["ExpectedPerson"]
export type Day = Schemas["EventDay"]
export type Quiet = Schemas["QuietOut"]

/** A Home's own, drafts too, of days: 1/2026-11-01/2027-01-01. */
export const homeEventsOf = shelf("home-events", async (key: string) => {
  const [home, from = "", to = ""] = key.split("/")
  return (await get("/api/service-events", { query: { home: Number(home), from, to } })).items
})
export const quietOf = shelf("quiet", (home: number) => get("/api/homes/{home_id}/quiet", { path: { home_id: home } }))
export const papersOf = shelf("papers", (home: number) =>
  get("/api/homes/{home_id}/credentials", { path: { home_id: home } }),
)
export const unverified = shelf("unverified", (_all: "all") => get("/api/organisations/unverified"))
export const dayOf = shelf("event-day", (id: string) =>
  get("/api/service-events/{event_id}/day", { path: { event_id: id } }),
)
export const peopleOf = shelf("event-people", (id: string) =>
  get("/api/service-events/{event_id}/people", { path: { event_id: id } }),
)
export const codesOf = (id: string): Promise<Codes> =>
  get("/api/service-events/{event_id}/door-codes", { path: { event_id: id } })

const path = (id: string) => ({ event_id: id })
const kept = (event: Event): Event => {
  eventOf(event.id).change(() => event)
  return event
}

export const planEvent = async (home: number, plan: Plan, id: string): Promise<Event> =>
  kept(await post("/api/service-events", { body: { id, home, ...plan } }))
export const changeEvent = async (id: string, plan: Plan): Promise<Event> =>
  kept(await put("/api/service-events/{event_id}", { path: path(id), body: plan }))
export const openEvent = async (id: string): Promise<Event> =>
  kept(await put("/api/service-events/{event_id}/opening", { path: path(id) }))
export const closeEvent = async (id: string): Promise<Event> =>
  kept(await put("/api/service-events/{event_id}/closing", { path: path(id) }))
export const copyEvent = (id: string, starts_at: string, copy = uuid7()): Promise<Event> =>
  post("/api/service-events/{event_id}/copies", { path: path(id), body: { id: copy, starts_at } })

export async function callOff(id: string, reason: string): Promise<void> {
  await put("/api/service-events/{event_id}/cancellation", { path: path(id), body: { reason } })
  await eventOf(id).refresh()
}

export async function tapPeople(id: string, kind: "in" | "out", signups: string[]): Promise<string> {
  const taps = signups.map((signup) => ({ id: uuid7(), signup }))
  const done = await post("/api/service-events/{event_id}/check-ins/people", { path: path(id), body: { kind, taps } })
  await dayOf(id).refresh()
  return done.length === 1 ? (done[0]?.message ?? "") : `${done.length} 个人都记好了`
}

export async function answerClaim(event: string, claim: string, accept: boolean): Promise<void> {
  await post("/api/service-events/check-in-claims/{claim_id}/answer", { path: { claim_id: claim }, body: { accept } })
  await dayOf(event).refresh()
}

export async function setQuiet(home: number, visits_a_week: number): Promise<void> {
  const fresh = await put("/api/homes/{home_id}/quiet", { path: { home_id: home }, body: { visits_a_week } })
  quietOf(home).change(() => fresh)
}

export async function blackOut(home: number, day: string, reason: string): Promise<void> {
  const fresh = await put("/api/homes/{home_id}/blackout-days/{day}", {
    path: { home_id: home, day },
    body: { reason },
  })
  quietOf(home).change(() => fresh)
}

export async function lift(home: number, day: string): Promise<void> {
  await del("/api/homes/{home_id}/blackout-days/{day}", { path: { home_id: home, day } })
  await quietOf(home).refresh()
}

export async function checkPaper(home: number, id: number, accepted: boolean, reason: string): Promise<void> {
  await put("/api/credentials/{credential_id}/check", { path: { credential_id: id }, body: { accepted, reason } })
  await papersOf(home).refresh()
}

export async function verify(id: number): Promise<void> {
  await post("/api/organisations/{organisation_id}/verification", { path: { organisation_id: id } })
  await unverified("all").refresh()
}
