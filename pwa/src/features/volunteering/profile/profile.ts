import { cachedBy } from "@/api/cache"
import { del, get, post, put } from "@/api/client"
import type { components } from "@/api/schema"
import { loadMe } from "@/api/session"
import type { Profile } from "../events/events"

type Schemas = components["schemas"]
export type ProfileForm = Schemas["ProfileIn"]

const mine = cachedBy("volunteer", async (_me: "me"): Promise<{ profile: Profile | null }> => get("/api/me/volunteer"))
export const profile = () => mine("me")

export async function keepProfile(form: ProfileForm): Promise<void> {
  const kept = await put("/api/me/volunteer", { body: form })
  profile().change(() => kept)
  await Promise.all([profile().refresh(), loadMe()])
}

export async function showPaper(form: Schemas["CredentialIn"]): Promise<void> {
  await post("/api/me/credentials", { body: form })
  await profile().refresh()
}

export async function withdrawPaper(id: number): Promise<void> {
  await del("/api/me/credentials/{credential_id}", { path: { credential_id: id } })
  await profile().refresh()
}

// -- looked at by staff ---------------------------------------------------------------------------------
export const papersOf = cachedBy("papers", (home: number) =>
  get("/api/homes/{home_id}/credentials", { path: { home_id: home } }),
)

export async function checkPaper(home: number, id: number, accepted: boolean, reason: string): Promise<void> {
  await put("/api/credentials/{credential_id}/check", { path: { credential_id: id }, body: { accepted, reason } })
  await papersOf(home).refresh()
}
