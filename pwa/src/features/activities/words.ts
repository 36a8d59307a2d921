import type { RelativeOf } from "@/api/types"
import type { CalendarDay, Mark, Session, SessionCard } from "./calendar"

/** What a session has to do with somebody, in words. */
export const MARKS: Record<Mark, string> = { joined: "参加了", left_early: "提前离开了", declined: "这次不想参加" }

export interface Mine {
  words: string
  /** The member was or is there. */
  good: boolean
}

/** 志强参加, 志强提前离开了: for each of my members whom it concerns. */
export function mineOf(session: SessionCard, state: SessionCard["state"], relatives: RelativeOf[]): Mine[] {
  return session.mine.flatMap(({ member, meant, state: mark }) => {
    const name = relatives.find((relative) => relative.member.id === member)?.member.short_name
    if (!name) return []
    if (mark) return [{ words: `${name}${MARKS[mark]}`, good: mark !== "declined" }]
    if (!meant || state === "cancelled") return []
    // Once it has begun, only the teacher's mark says that they are there.
    return [state === "planned" ? { words: `${name}参加`, good: true } : { words: `${name}在名单上`, good: false }]
  })
}

/** 院子 · 陆老师带 · 28 人 */
export function aboutOf({ place, leader, meant, joined }: SessionCard, state: SessionCard["state"]): string {
  const many = joined ? `${joined} 人参加了` : meant && state !== "cancelled" ? `${meant} 人` : ""
  return [place, leader && `${leader.title}带`, many].filter(Boolean).join(" · ")
}

export function audienceOf({ audience, group, meant }: SessionCard): string {
  const who = audience === "all" ? "当天来的都参加" : audience === "group" ? group : "指定的几位"
  return meant ? `${who}，${meant} 人` : who
}

/** 2 筐 · 186 件 · 第 1 名 · 大丰收 */
export function resultOf({ baskets, pieces, rank, text }: Session["result"]): string {
  const counted = [
    baskets !== null && `${baskets} 筐`,
    pieces !== null && `${pieces} 件`,
    rank !== null && `第 ${rank} 名`,
  ]
  return [...counted, text].filter(Boolean).join(" · ")
}

/** What the table of holidays says of a day, and whether the Home opens. */
export function openingOf({ open, kind, name }: CalendarDay): string {
  if (kind === "workday") return `${name}调休上班${open ? "" : "，家园不开门"}`
  if (kind === "holiday") return `${name}${open ? "，家园照常开门" : "放假"}`
  return open ? "" : name ? `家园不开门：${name}` : "家园休息"
}
