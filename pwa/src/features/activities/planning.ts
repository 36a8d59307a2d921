import { cachedBy } from "@/api/cache"
import { del, get, post, put } from "@/api/client"
import type { components } from "@/api/schema"
import type { Therapy } from "@/api/therapies"
import { hhmm, isoDay } from "@/ui/dates"
import { type Session, sessionOf } from "./calendar"
import { type Repeat, repeatOf, ruleOf } from "./repeat"

/** What staff plan with: templates, groups, teachers, members. */
type Schemas = components["schemas"]
export type Plan = Schemas["PlanBody"]
export type Template = Schemas["TemplateOut"]
export type Group = Schemas["GroupOut"]
export type Teacher = Schemas["PostOut"]
export type Face = Schemas["MemberRow"]
export type Planned = Schemas["PlannedOut"]
export type Copied = Schemas["CopiedOut"]

export interface Draft {
  therapy: Therapy
  title: string
  place: string
  /** Of a post; blank: nobody yet. */
  leader: string
  audience: NonNullable<Plan["audience"]>
  group: string
  members: number[]
  materials: string
  note: string
  day: string
  time: string
  minutes: string
  repeat: Repeat
}

export const templatesOf = cachedBy("templates", (home: number) => get("/api/calendar/templates", { query: { home } }))
export const groupsOf = cachedBy("groups", (home: number) => get("/api/calendar/groups", { query: { home } }))
export const teachersOf = cachedBy("posts", (home: number) =>
  get("/api/homes/{home_id}/posts", { path: { home_id: home } }),
)
export const facesOf = cachedBy("faces", async (home: number) => {
  const all: Face[] = []
  for (let after: string | null = ""; after !== null; ) {
    const query = { q: "", after, limit: 100 }
    const page: Schemas["MemberPage"] = await get("/api/homes/{home_id}/members", { path: { home_id: home }, query })
    all.push(...page.items)
    after = page.next
  }
  return all
})

export const keyOf = ({ therapy, title }: Template): string => `${therapy}.${title}`

const NOTHING: Template = {
  therapy: "work",
  title: "",
  place: "",
  minutes: 60,
  starts_at: "10:00",
  materials: "",
  note: "",
}

/** From a template, or from nothing. */
export function draftFrom(template: Template | null, day: string, leader: number | null): Draft {
  const { minutes, starts_at, ...facts } = template ?? NOTHING
  const who = { audience: "all" as const, group: "", members: [], leader: leader ? `${leader}` : "" }
  return { ...facts, ...who, day, time: starts_at.slice(0, 5), minutes: `${minutes}`, repeat: repeatOf("", day) }
}

/** This session as it stands. Its activity's own facts hold for what it has none of. */
export function draftOf(session: Session, plan: Plan): Draft {
  const day = isoDay(session.starts_at)
  const length = (Date.parse(session.ends_at) - Date.parse(session.starts_at)) / 60_000
  return {
    therapy: session.therapy,
    title: session.title,
    place: session.place,
    leader: session.leader ? `${session.leader.id}` : "",
    note: session.note,
    day,
    time: hhmm(session.starts_at),
    minutes: `${length}`,
    audience: plan.audience ?? "all",
    group: plan.group ? `${plan.group}` : "",
    members: plan.members ?? [],
    materials: plan.materials ?? "",
    repeat: repeatOf(plan.rule ?? "", day),
  }
}

export function planOf(draft: Draft): Plan {
  const { day, time, minutes, repeat, leader, group, members, audience, ...facts } = draft
  return {
    ...facts,
    audience,
    leader: Number(leader) || null,
    group: audience === "group" ? Number(group) || null : null,
    members: audience === "named" ? members : [],
    starts_on: day,
    starts_at: time,
    minutes: Number(minutes),
    rule: ruleOf(repeat),
  }
}

/** What is missing, by field; the server looks at the rest. `one`: of a single session, which has no audience of its own. */
export function missing(
  { title, day, time, minutes, repeat, audience, group, members }: Draft,
  one = false,
): Record<string, string> {
  const wrong: Record<string, string> = {}
  if (!title.trim()) wrong.title = "请写做什么，例如“采摘青菜”。"
  if (!day) wrong.starts_on = "请选哪一天。"
  if (!time) wrong.starts_at = "请选几点开始。"
  if (!(Number(minutes) >= 5 && Number(minutes) <= 720)) wrong.minutes = "请填 5 到 720 分钟。"
  if (one) return wrong
  if (repeat.how.endsWith("weekly") && !repeat.days.length) wrong.rule = "请选星期几。"
  if (audience === "group" && !group) wrong.group = "请选一个小组。"
  if (audience === "named" && !members.length) wrong.members = "请至少点一位。"
  return wrong
}

export const plan = (id: string, home: number, draft: Draft): Promise<Planned> =>
  post("/api/calendar/activities", { body: { ...planOf(draft), id, home } })

export async function changeOne(id: number, draft: Draft): Promise<string[]> {
  const { title, place, note, leader, day, time, minutes } = draft
  const facts = { title, place, note, leader: Number(leader) || null, minutes: Number(minutes) }
  const body = { ...facts, starts_at: `${day}T${time}:00+08:00` }
  const { conflicts } = await put("/api/calendar/sessions/{session_id}", { path: { session_id: id }, body })
  void sessionOf(id).refresh()
  return conflicts
}

export async function changeFollowing(id: number, draft: Draft): Promise<string[]> {
  const path = { session_id: id }
  const { conflicts } = await put("/api/calendar/sessions/{session_id}/following", { path, body: planOf(draft) })
  void sessionOf(id).refresh()
  return conflicts
}

/** No more of it from that day on. */
export const endActivity = (activity: string, day: string): Promise<void> =>
  del("/api/calendar/activities/{activity_id}", { path: { activity_id: activity }, query: { day } })

export const copyWeek = (home: number, week: string): Promise<Copied> =>
  post("/api/calendar/weeks", { body: { home, week } })

/** How many sessions are gone. */
export const takeBackCopy = async (home: number, activities: string[]): Promise<number> =>
  (await post("/api/calendar/weeks/taken-back", { body: { home, activities } })).sessions

export async function keepGroup(home: number, id: number | null, name: string, members: number[]): Promise<void> {
  if (id) await put("/api/calendar/groups/{group_id}", { path: { group_id: id }, body: { name, members } })
  else await post("/api/calendar/groups", { body: { home, name, members } })
  await groupsOf(home).refresh()
}

export async function deleteGroup(home: number, id: number): Promise<void> {
  await del("/api/calendar/groups/{group_id}", { path: { group_id: id } })
  await groupsOf(home).refresh()
}
