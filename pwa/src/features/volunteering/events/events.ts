import { cached, cachedBy } from "@/api/cache"
import { get, post } from "@/api/client"
import type { components } from "@/api/schema"
import { uuid7 } from "@/api/uuid7"
import { isoDay } from "@/ui/dates"
import { LEAST_AGE, PAPERS, SKILLS } from "../words"

type Schemas = components["schemas"]
export type Event = Schemas["ServiceEventOut"]
export type Shift = Schemas["ShiftOut"]
export type SignedUp = Schemas["SignedUpOut"]
export type Profile = Schemas["ProfileOut"]
export type HomeToVisit = Schemas["HomeToVisit"]
export type Share = Schemas["ShareOut"]

/** Of days, named by their ends: 2026-11-25/2026-12-22. */
export const eventsOf = cachedBy("events", async (range: string) => {
  const [from = "", to = ""] = range.split("/")
  return (await get("/api/service-events", { query: { from, to } })).items
})

export const eventOf = cachedBy("event", (id: string) =>
  get("/api/service-events/{event_id}", { path: { event_id: id } }),
)

/** The Homes, those not visited for longest first; with the area of each. */
export const homesToVisit = cached("homes-to-visit", () => get("/api/homes-to-visit"))

export const shareOf = (id: string): Promise<Share> =>
  get("/api/service-events/{event_id}/share", { path: { event_id: id } })

export interface Coming {
  shift: number
  companions: number
  organisation: number | null
}

export async function signUp(event: string, coming: Coming, id = uuid7()): Promise<SignedUp> {
  const path = { event_id: event }
  const done = await post("/api/service-events/{event_id}/signups", { path, body: { id, ...coming } })
  void eventOf(event).refresh()
  return done
}

export interface Holding {
  shift: number
  organisation: number
  places: number
  minimum: number
}

export async function book(event: string, holding: Holding, id = uuid7()) {
  const path = { event_id: event }
  const done = await post("/api/service-events/{event_id}/group-bookings", { path, body: { id, ...holding } })
  void eventOf(event).refresh()
  return done
}

/** 余 3, 已满·可候补, 已报名: what a shift says at its end, and whether it is good news. */
export function standingOf(shift: Shift, event: Event): { words: string; tone: "good" | "amber" | "plain" } {
  const mine = shift.mine && {
    confirmed: "已报名",
    waitlisted: "候补中",
    offered: "空位留给您",
    cancelled: "",
    lapsed: "",
  }
  const words = shift.mine && mine?.[shift.mine.status]
  if (words) return { words, tone: shift.mine?.status === "confirmed" ? "good" : "amber" }
  if (!event.takes_names) return { words: "报名已截止", tone: "plain" }
  if (shift.free > 0) return { words: `余 ${shift.free}`, tone: "good" }
  return { words: shift.waitlist ? `候补 ${shift.waitlist} 人` : "已满 · 可候补", tone: "amber" }
}

/** 需要会乐器, 需要医护证, 满 18 岁: who may come. */
export function asksOf({ skill, credential, minimum_age }: Shift): string[] {
  const asks = [skill && `需要会${SKILLS[skill]}`, credential && `需要${PAPERS[credential]}`]
  return [...asks, minimum_age && `满 ${minimum_age} 岁`].filter((each): each is string => Boolean(each))
}

/** What of this a person lacks, said before the tap. Papers are looked at by staff, so only the server knows. */
export function lacks(shift: Shift, profile: Profile | null | undefined): string {
  if (!profile) return ""
  if (LEAST_AGE[profile.age_group] < shift.minimum_age) return `这个岗位要满 ${shift.minimum_age} 岁，请看看别的岗位。`
  if (shift.skill && !profile.skills.includes(shift.skill))
    return `这个岗位需要会${SKILLS[shift.skill]}，会的话先在志愿者信息里勾上。`
  const paper = shift.credential
  const held = profile.credentials.filter(({ kind, state }) => kind === paper && state === "checked")
  if (paper && !held.length) return `这个岗位需要${PAPERS[paper]}，请先登记，让老师核对。`
  if (paper && !held.some(({ valid_until }) => valid_until >= isoDay(shift.starts_at)))
    return `您的${PAPERS[paper]}那天已经过期，请登记新的，让老师核对。`
  return ""
}
