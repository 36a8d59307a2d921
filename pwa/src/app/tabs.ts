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
const ME: Tab = { to: "/me", word: "我", icon: "me" }

/** A tab is listed here when its feature exists, and not before. */
export const tabs: Record<Role, Tab[]> = {
  relative: [{ to: "/messages", word: "消息", icon: "message", counts: true }, CALENDAR, MOMENTS, ME],
  staff: [
    { to: "/door", word: "门口", icon: "door" },
    CALENDAR,
    { ...MOMENTS, word: "动态" },
    { to: "/messages", word: "消息", icon: "message", counts: true },
    ME,
  ],
  officer: [{ to: "/overview", word: "总览", icon: "chart" }, CALENDAR, ME],
  guest: [{ to: "/welcome", word: "首页", icon: "home" }, ME],
}

export const firstScreen = (role: Role): string => tabs[role][0]?.to ?? "/me"
