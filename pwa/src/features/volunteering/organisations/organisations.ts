import { cachedBy } from "@/api/cache"
import { del, get, post, put } from "@/api/client"
import type { components } from "@/api/schema"
import { loadMe } from "@/api/session"

type Schemas = components["schemas"]
export type Organisation = Schemas["OrganisationOut"]
export type Visit = Schemas["OrganisationVisitCard"]

export const organisationOf = cachedBy("organisation", (id: number) =>
  get("/api/organisations/{organisation_id}", { path: { organisation_id: id } }),
)

export const organisationYear = cachedBy("organisation-year", (key: string) => {
  const [organisation, year] = key.split("/").map(Number)
  const path = { organisation_id: organisation ?? 0 }
  return get("/api/organisations/{organisation_id}/service-records", { path, query: { year: year ?? 0 } })
})

/** Of one organisation, those to come or those that were: 9/past. */
export const visitsOf = cachedBy("organisation-visits", (key: string) => {
  const [organisation, which] = key.split("/")
  return which === "past" ? visitsPage(Number(organisation), 0) : visits(Number(organisation), { past: false })
})

const visits = (organisation_id: number, query: { past: boolean; after?: number }) =>
  get("/api/organisations/{organisation_id}/visits", { path: { organisation_id }, query })

export const visitsPage = (organisation: number, after: number) => visits(organisation, { past: true, after })

export const organisationByLink = (token: string) => get("/api/organisations/link/{token}", { path: { token } })

export async function join(token: string) {
  const joined = await post("/api/organisations/link/{token}/members", { path: { token } })
  await loadMe()
  return joined
}

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

// -- by staff ------------------------------------------------------------------------------------------
export const unverified = cachedBy("unverified", (_all: "all") => get("/api/organisations/unverified"))

export async function verify(id: number): Promise<void> {
  await post("/api/organisations/{organisation_id}/verification", { path: { organisation_id: id } })
  await unverified("all").refresh()
}
