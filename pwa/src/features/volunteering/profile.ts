import { del, get, post, put } from "@/api/client"
import type { components } from "@/api/schema"
import { loadMe } from "@/api/session"
import type { Profile } from "./events"
import { shelf } from "./shelf"

type Schemas = components["schemas"]
export type ProfileForm = Schemas["ProfileIn"]

const mine = shelf("volunteer", async (_me: "me"): Promise<{ profile: Profile | null }> => get("/api/me/volunteer"))
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
