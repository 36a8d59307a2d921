import { post, put } from "@/api/client"
import type { components } from "@/api/schema"
import { uuid7 } from "@/api/uuid7"
import { type Event, eventOf } from "../events/events"

export type Plan = components["schemas"]["EventBody"]

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
