import { cachedBy } from "@/api/cache"
import { del, get, patch, post } from "@/api/client"
import type { components } from "@/api/schema"
import { upload } from "@/api/upload"
import { shrink } from "@/ui/lazy/canvas"

type Schemas = components["schemas"]
export type Row = Schemas["MemberRow"]
export type Page = Schemas["MemberPage"]
export type Member = Schemas["MemberOut"]
export type Relative = Schemas["RelativeOut"]
export type Invitation = Schemas["InvitationOut"]
export type Invited = Schemas["InvitedOut"]
export type Roster = Schemas["RosterOut"]
export type Day = Schemas["Day"]
export type Edit = Partial<Pick<Member, "short_name" | "pattern">> & { colour?: number }

const PAGE = 100

export const rosterOf = cachedBy("roster", (home: number) => readRoster(home, ""))

export const readRoster = (home: number, q: string, after = ""): Promise<Page> =>
  get("/api/homes/{home_id}/members", { path: { home_id: home }, query: { q, after, limit: PAGE } })

export const memberOf = cachedBy("member", (id: number) => get("/api/members/{member_id}", { path: { member_id: id } }))

export async function edit(id: number, changes: Edit): Promise<void> {
  const fresh = await patch("/api/members/{member_id}", { path: { member_id: id }, body: changes })
  memberOf(id).change(() => fresh)
}

export async function setPhoto(id: number, photo: Blob, progress: (part: number) => void): Promise<void> {
  const fresh = await upload<Member>("PUT", `/api/members/${id}/photo`, photo, progress)
  memberOf(id).change(() => fresh)
}

export async function removePhoto(id: number): Promise<void> {
  await del("/api/members/{member_id}/photo", { path: { member_id: id } })
  await memberOf(id).refresh()
}

export async function invite(id: number, relation: string, can_sign: boolean): Promise<Invited> {
  const made = await post("/api/members/{member_id}/invitations", {
    path: { member_id: id },
    body: { relation, can_sign },
  })
  void memberOf(id).refresh()
  return made
}

export async function revoke(id: number, invitation_id: number): Promise<void> {
  await del("/api/invitations/{invitation_id}", { path: { invitation_id } })
  await memberOf(id).refresh()
}

export async function unbind(id: number, relative_id: number): Promise<void> {
  await del("/api/relatives/{relative_id}", { path: { relative_id } })
  await memberOf(id).refresh()
}

/** 是本人: the teacher knows that the number is still theirs. */
export async function confirmRelative(id: number, relative_id: number): Promise<void> {
  await post("/api/relatives/{relative_id}/confirm", { path: { relative_id } })
  await memberOf(id).refresh()
}

export function importRoster(
  home: number,
  file: File,
  dry: boolean,
  progress: (part: number) => void,
): Promise<Roster> {
  const form = new FormData()
  form.append("file", file)
  return upload<Roster>("POST", `/api/homes/${home}/roster?dry_run=${dry}`, form, progress)
}

const LONGEST_SIDE = 1024

/** A portrait needs no twelve megapixels. */
export const small = async (file: File): Promise<Blob> => (await shrink(file, LONGEST_SIDE))?.[0] ?? file
