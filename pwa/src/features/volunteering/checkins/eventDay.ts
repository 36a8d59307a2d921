import { cachedBy } from "@/api/cache"
import { get, post } from "@/api/client"
import type { components } from "@/api/schema"
import { uuid7 } from "@/api/uuid7"

/** What staff keeps on the day of an event: the code on the tablet, who comes, who is in and out. */
type Schemas = components["schemas"]
export type Codes = Schemas["DoorCodes"]
export type Person = Schemas["ExpectedPerson"]
export type Day = Schemas["EventDay"]

const path = (id: string) => ({ event_id: id })

export const dayOf = cachedBy("event-day", (id: string) =>
  get("/api/service-events/{event_id}/day", { path: { event_id: id } }),
)

export const peopleOf = cachedBy("event-people", (id: string) =>
  get("/api/service-events/{event_id}/people", { path: { event_id: id } }),
)

export const codesOf = (id: string): Promise<Codes> =>
  get("/api/service-events/{event_id}/door-codes", { path: { event_id: id } })

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
