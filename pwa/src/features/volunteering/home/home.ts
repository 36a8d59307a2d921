import { cachedBy } from "@/api/cache"
import { del, get, put } from "@/api/client"
import type { components } from "@/api/schema"

type Schemas = components["schemas"]
export type Quiet = Schemas["QuietOut"]

/** A Home's own, drafts too, of days: 1/2026-11-01/2027-01-01. */
export const homeEventsOf = cachedBy("home-events", async (key: string) => {
  const [home, from = "", to = ""] = key.split("/")
  return (await get("/api/service-events", { query: { home: Number(home), from, to } })).items
})

export const quietOf = cachedBy("quiet", (home: number) =>
  get("/api/homes/{home_id}/quiet", { path: { home_id: home } }),
)

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
