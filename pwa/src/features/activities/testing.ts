import type { Calendar, CalendarDay, Session, SessionCard } from "./calendar"

/** For tests only: a Wednesday of the Home 阳光家园, as the server tells it. */
export const DAY = "2026-11-25"
export const at = (clock: string, day = DAY) => `${day}T${clock}:00+08:00`
export const sunshine = { id: 1, name: "阳光家园", phone: "0573-82000001" }
export const autumn = { id: 2, name: "秋阳家园", phone: "0573-86000001" }
const NO_RESULT = { text: "", baskets: null, pieces: null, rank: null }

export function card(id: number, changes: Partial<SessionCard> = {}): SessionCard {
  return {
    id,
    activity: `activity-${id}`,
    therapy: "farm",
    title: "采摘青菜",
    place: "菜园",
    leader: { id: 5, title: "陆老师" },
    note: "",
    starts_at: at("10:10"),
    ends_at: at("11:00"),
    state: "planned",
    reason: "",
    recurring: true,
    changed: false,
    audience: "all",
    group: "",
    meant: 28,
    joined: 0,
    result: NO_RESULT,
    mine: [],
    ...changes,
  }
}

export const session = (id: number, changes: Partial<Session> = {}): Session => ({
  ...card(id),
  materials: "",
  members: [],
  plan: null,
  ...changes,
})

export function calendar(days: Partial<CalendarDay>[], sessions: SessionCard[], home = sunshine): Calendar {
  const table = days.map((day) => ({ date: DAY, open: true, kind: null, name: "", ...day }))
  return { home, staff: false, days: table, sessions }
}
