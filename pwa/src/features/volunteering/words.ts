import type { components } from "@/api/schema"
import { daysAgo, hhmm, isoDay } from "@/ui/dates"

type Schemas = components["schemas"]
export type EventKind = Schemas["ServiceEventOut"]["kind"]
export type Skill = Exclude<Schemas["ShiftOut"]["skill"], "">
export type Paper = Exclude<Schemas["ShiftOut"]["credential"], "">
export type AgeGroup = Schemas["ProfileIn"]["age_group"]
export type OrganisationKind = Schemas["OrganisationCard"]["kind"]

export const KINDS: Record<EventKind, string> = {
  company: "陪伴",
  clinic: "义诊",
  haircut: "理发",
  farming: "农活",
  show: "演出",
  party_day: "党日",
  open_day: "开放日",
  training: "培训",
  other: "其他",
}
export const SKILLS: Record<Skill, string> = {
  haircut: "理发",
  clinic: "义诊",
  music: "乐器",
  law: "法律",
  craft: "手工",
  farming: "种植",
  sport: "运动",
  teaching: "讲课",
}
export const PAPERS: Record<Paper, string> = {
  medical: "医护证",
  hairdresser: "美发师证",
  lawyer: "律师证",
  first_aid: "急救证",
  counselor: "心理咨询师证",
}
export const AGES: Record<AgeGroup, string> = {
  child: "14 岁以下",
  teen: "14–17 岁",
  adult: "18–59 岁",
  senior: "60 岁以上",
}
export const LEAST_AGE: Record<AgeGroup, number> = { child: 0, teen: 14, adult: 18, senior: 60 }
export const ORGANISATIONS: Record<OrganisationKind, string> = {
  party: "党组织",
  team: "志愿团队",
  company: "企业",
  school: "学校",
  society: "社会组织",
}

export const entriesOf = <K extends string>(words: Record<K, string>) => Object.entries(words) as [K, string][]
export const optionsOf = <K extends string>(words: Record<K, string>) =>
  entriesOf(words).map(([value, word]) => ({ value, word }))

const weekday = (moment: string) => "日一二三四五六"[new Date(`${isoDay(moment)}T12:00:00Z`).getUTCDay()]

/** 明天 11月28日 周六 */
export function dayOf(moment: string, now: number): string {
  const [year, month, day] = isoDay(moment).split("-").map(Number)
  const near = { 0: "今天 ", "-1": "明天 ", "-2": "后天 " }[daysAgo(moment, now)] ?? ""
  return `${near}${isoDay(now).startsWith(`${year}-`) ? "" : `${year}年`}${month}月${day}日 周${weekday(moment)}`
}

/** 2027年1月1日, of a day without a time. */
export function dateOf(day: string): string {
  const [year, month, date] = day.split("-").map(Number)
  return `${year}年${month}月${date}日`
}

export const hoursOf = ({ starts_at, ends_at }: Times): string => `${hhmm(starts_at)}–${hhmm(ends_at)}`

export interface Times {
  starts_at: string
  ends_at: string
}

/** 11月28日 周六 09:00–11:30 */
export const timeOf = (times: Times, now: number): string => `${dayOf(times.starts_at, now)} ${hoursOf(times)}`

/** 2.5 小时, 40 分钟 */
export function lengthOf({ starts_at, ends_at }: Times): string {
  const minutes = Math.round((Date.parse(ends_at) - Date.parse(starts_at)) / 60_000)
  return minutes < 60 ? `${minutes} 分钟` : `${Math.round(minutes / 6) / 10} 小时`
}

/** 17 小时 30 分 */
export function minutesOf(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  return [hours && `${hours} 小时`, (rest || !hours) && `${rest} 分`].filter(Boolean).join(" ")
}
