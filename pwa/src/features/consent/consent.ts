import { cachedBy } from "@/api/cache"
import { get, post } from "@/api/client"
import { ApiError } from "@/api/errors"
import type { components } from "@/api/schema"

type Schemas = components["schemas"]
export type Consent = Schemas["ConsentOut"]
export type Question = Schemas["ConsentQuestion"]
export type Line = Schemas["ConsentLine"]
export type Audience = Question["audience"]
export type Post = Schemas["MomentOut"]
export type Photo = Post["photos"][number]

export const consentOf = cachedBy("consent", (member: number) =>
  get("/api/members/{member_id}/consent", { path: { member_id: member } }),
)

/** One answer to the sentence that was on the screen. Where its wording has just changed, the new one is fetched. */
export async function answer(
  member: number,
  key: "self" | "guardian",
  question: Question,
  yes: boolean,
  on_paper = false,
): Promise<void> {
  const { wording } = key === "self" ? question.own : question.guardian
  const body = { key, audience: question.audience, yes, wording, on_paper }
  try {
    const fresh = await post("/api/members/{member_id}/consent", { path: { member_id: member }, body })
    consentOf(member).change(() => fresh)
  } catch (error) {
    if (error instanceof ApiError && error.code === "reworded") await consentOf(member).refresh()
    throw error
  }
}

export const readPost = (id: string): Promise<Post> => get("/api/moments/{moment_id}", { path: { moment_id: id } })

/** The member said no on the tablet: it goes, for everybody. */
export const decline = (moment_id: string, photo_id: string, member: number): Promise<void> =>
  post("/api/moments/{moment_id}/photos/{photo_id}/declined", { path: { moment_id, photo_id }, body: { member } })
