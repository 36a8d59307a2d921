import { daysAgo } from "@/ui/dates"

/** Days as the API writes them: 2026-11-25. They are counted in UTC, so that no zone moves them. */
const DAY_MS = 86_400_000
const DAY = /^2[01]\d\d-\d\d-\d\d$/
const weekday = new Intl.DateTimeFormat("zh-CN", { weekday: "short", timeZone: "UTC" })

const at = (day: string) => Date.parse(`${day}T00:00:00Z`)
const numbers = (day: string) => day.split("-").map(Number) as [number, number, number]
const iso = (ms: number) => new Date(ms).toISOString().slice(0, 10)

export const plus = (day: string, days: number): string => iso(at(day) + days * DAY_MS)

/** What an address says, if it is a day. */
export function dayIn(words: unknown): string | null {
  const known = typeof words === "string" && DAY.test(words) && !Number.isNaN(at(words))
  return known && plus(words, 0) === words ? words : null
}

const mondayOf = (day: string) => plus(day, -((new Date(at(day)).getUTCDay() + 6) % 7))

/** From Monday on. */
export const weekOf = (day: string): string[] => run(mondayOf(day), 7)

/** The whole weeks that its month touches. */
export function monthOf(day: string): string[] {
  const [year, month] = numbers(day)
  const first = mondayOf(iso(Date.UTC(year, month - 1, 1)))
  const last = weekOf(iso(Date.UTC(year, month, 0))).at(-1) ?? day
  return run(first, (at(last) - at(first)) / DAY_MS + 1)
}

const run = (first: string, length: number) => Array.from({ length }, (_, index) => plus(first, index))

/** The same day some months on, or that month's last. */
export function monthsOn(day: string, months: number): string {
  const [year, month, date] = numbers(day)
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return iso(Date.UTC(year, month - 1 + months, Math.min(date, last)))
}

export const numberOf = (day: string): number => numbers(day)[2]
export const monthName = (day: string): string => `${numbers(day)[0]}年${numbers(day)[1]}月`
const dateName = (day: string) => `${numbers(day)[1]}月${numbers(day)[2]}日`

/** 11月23日–29日 */
export function weekName(day: string): string {
  const [monday, sunday] = [mondayOf(day), plus(mondayOf(day), 6)]
  const same = monday.slice(0, 7) === sunday.slice(0, 7)
  return `${dateName(monday)}–${same ? `${numberOf(sunday)}日` : dateName(sunday)}`
}

const NEAR: Record<number, string> = { 0: "今天", 1: "昨天", [-1]: "明天" }

/** 今天 11月25日 周三 */
export function dayTitle(day: string, today: string): string {
  return [NEAR[daysAgo(day, today)], dateName(day), weekday.format(at(day))].filter(Boolean).join(" ")
}

/** In digits, and a leap month with letters behind. A phone that knows no Chinese calendar would count by ours: then nothing is said. */
const chinese = new Intl.DateTimeFormat("en-u-ca-chinese", { month: "numeric", day: "numeric", timeZone: "UTC" })
const knows = chinese.resolvedOptions().calendar === "chinese"
const FESTIVALS: Record<string, string> = {
  "1-1": "春节",
  "1-15": "元宵节",
  "5-5": "端午节",
  "7-7": "七夕节",
  "8-15": "中秋节",
  "9-9": "重阳节",
  "12-8": "腊八节",
}

/** Its new moon comes four minutes before midnight; many phones reckon it to the next day, and all of the month with it. */
const MISJUDGED = { first: "2027-02-06", month: "1", length: 30 }

function lunar(day: string): { month: string; date: number } {
  const since = (at(day) - at(MISJUDGED.first)) / DAY_MS
  if (since >= 0 && since < MISJUDGED.length) return { month: MISJUDGED.month, date: since + 1 }
  const parts = Object.fromEntries(chinese.formatToParts(at(day)).map(({ type, value }) => [type, value]))
  return { month: parts.month ?? "", date: Number(parts.day) }
}

function key(day: string): string {
  const { month, date } = lunar(day)
  return `${month}-${date}`
}

export function festivalOf(day: string): string {
  if (!knows) return ""
  return FESTIVALS[key(day)] ?? (key(plus(day, 1)) === "1-1" ? "除夕" : "")
}

const MONTHS = ["正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "冬", "腊"]
const TENS = ["初", "十", "廿", "三"]
const ONES = ["十", "一", "二", "三", "四", "五", "六", "七", "八", "九"]

/** 农历十月十七 */
export function lunarName(day: string): string {
  if (!knows) return ""
  const { month, date } = lunar(day)
  const number = Number.parseInt(month, 10)
  const leap = month === String(number) ? "" : "闰"
  const words = date === 20 ? "二十" : `${TENS[date === 10 ? 0 : Math.floor(date / 10)]}${ONES[date % 10]}`
  return `农历${leap}${MONTHS[number - 1]}月${words}`
}
