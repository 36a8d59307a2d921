/** Dates as people say them, in the Homes' time zone whatever the phone's is: 今天 08:12, 昨天 16:30, 周六 9:00, 11月3日. */
const ZONE = "Asia/Shanghai"
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: ZONE })
const parts = new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit", timeZone: ZONE })
const weekday = new Intl.DateTimeFormat("zh-CN", { weekday: "short", timeZone: ZONE })
const DAY_MS = 86_400_000

export type Moment = string | number | Date

export const hhmm = (moment: Moment): string => clock.format(new Date(moment))
export const isoDay = (moment: Moment): string => parts.format(new Date(moment))

/** Whole local days from `moment` to `now`: 0 today, 1 yesterday. */
export function daysAgo(moment: Moment, now: Moment = Date.now()): number {
  return Math.round((Date.parse(isoDay(now)) - Date.parse(isoDay(moment))) / DAY_MS)
}

export function dayName(moment: Moment, now: Moment = Date.now()): string {
  const ago = daysAgo(moment, now)
  if (ago === 0) return "今天"
  if (ago === 1) return "昨天"
  if (ago === -1) return "明天"
  if (ago > 1 && ago < 7) return weekday.format(new Date(moment))
  const [year, month, day] = isoDay(moment).split("-").map(Number)
  const date = `${month}月${day}日`
  return isoDay(now).startsWith(`${year}-`) ? date : `${year}年${date}`
}

export const when = (moment: Moment, now: Moment = Date.now()): string => `${dayName(moment, now)} ${hhmm(moment)}`

/** For lists: the time today, the day before that. */
export const short = (moment: Moment, now: Moment = Date.now()): string =>
  daysAgo(moment, now) === 0 ? hhmm(moment) : dayName(moment, now)

/** How old a remembered state is: 刚刚, 5 分钟前, 今天 08:12. */
export function age(moment: Moment, now: Moment = Date.now()): string {
  const minutes = Math.floor((new Date(now).getTime() - new Date(moment).getTime()) / 60_000)
  if (minutes < 1) return "刚刚"
  if (minutes < 60) return `${minutes} 分钟前`
  return when(moment, now)
}

/** The time of day as it is said aloud: 早上 8 点 12 分, 下午 4 点半. */
export function spoken(moment: Moment): string {
  const [hour = 0, minute = 0] = hhmm(moment).split(":").map(Number)
  const part = PARTS.find(([until]) => hour < until)?.[1] ?? "晚上"
  const rest = minute === 0 ? "" : minute === 30 ? "半" : ` ${minute} 分`
  return `${part} ${hour > 12 ? hour - 12 : hour} 点${rest}`
}

const PARTS: [number, string][] = [
  [5, "凌晨"],
  [9, "早上"],
  [12, "上午"],
  [13, "中午"],
  [18, "下午"],
]
