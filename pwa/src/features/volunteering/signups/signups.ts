import { cachedBy } from "@/api/cache"
import { del, get, post } from "@/api/client"
import type { components } from "@/api/schema"
import { eventOf } from "../events/events"

type Schemas = components["schemas"]
export type Signup = Schemas["SignupOut"]
export type Records = Schemas["MyRecords"]
type Page = Schemas["SignupPage"]

export const signupsOf = cachedBy("signups", (which: "coming" | "past"): Promise<Page> => page(which === "past", 0))
export const page = (past: boolean, after: number): Promise<Page> => get("/api/me/signups", { query: { past, after } })
export const signupOf = cachedBy("signup", (id: string) => get("/api/signups/{signup_id}", { path: { signup_id: id } }))
export const recordsOf = cachedBy("service-records", (year: number) => get("/api/service-records", { query: { year } }))
/** How the server gave the free seats of a shift. */
export const decisionsOf = cachedBy("decisions", (shift: number) =>
  get("/api/shifts/{shift_id}/decisions", { path: { shift_id: shift } }),
)

/** What was answered shows at once in whatever list it stands. */
async function changed(fresh: Signup): Promise<void> {
  signupOf(fresh.id).change(() => fresh)
  const replaced = (row: Signup) => (row.id === fresh.id ? fresh : row)
  signupsOf("coming").change((all) => ({ ...all, items: all.items.map(replaced) }))
  await Promise.all([signupsOf("coming").refresh(), eventOf(fresh.event.id).refresh()])
}

export const accept = async ({ id }: Signup): Promise<void> =>
  changed(await post("/api/signups/{signup_id}/confirmation", { path: { signup_id: id } }))

export const stillComing = async ({ id }: Signup): Promise<void> =>
  changed(await post("/api/signups/{signup_id}/coming", { path: { signup_id: id } }))

export async function cancel({ id, event }: Pick<Signup, "id" | "event">, reason: string): Promise<void> {
  const path = { event_id: event.id, signup_id: id }
  await del("/api/service-events/{event_id}/signups/{signup_id}", { path, query: { reason } })
  await Promise.all([signupsOf("coming").refresh(), signupOf(id).refresh(), eventOf(event.id).refresh()])
}
