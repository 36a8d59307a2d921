import type { Role } from "@/api/session"
import type { IconName } from "@/ui/icons"

export interface Tab {
  to: string
  word: string
  icon: IconName
  /** Shows the number of unread notices. */
  counts?: boolean
}

const CALENDAR: Tab = { to: "/calendar", word: "日历", icon: "calendar" }
const MOMENTS: Tab = { to: "/moments", word: "相册", icon: "photo" }
const MESSAGES: Tab = { to: "/messages", word: "消息", icon: "message", counts: true }
const EVENTS: Tab = { to: "/events", word: "活动", icon: "heart" }
const ME: Tab = { to: "/me", word: "我", icon: "me" }

/** A tab is listed here when its feature exists, and not before. */
export const tabs: Record<Role, Tab[]> = {
  relative: [MESSAGES, CALENDAR, MOMENTS, { ...EVENTS, word: "志愿" }, ME],
  staff: [{ to: "/door", word: "门口", icon: "door" }, CALENDAR, { ...MOMENTS, word: "动态" }, MESSAGES, ME],
  officer: [{ to: "/overview", word: "总览", icon: "chart" }, CALENDAR, ME],
  volunteer: [EVENTS, { to: "/service/mine", word: "我的报名", icon: "file" }, MESSAGES, ME],
}
