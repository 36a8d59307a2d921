import { plus } from "./days"

/** How often something takes place, as the form asks it; the API has it as an RRULE, blank for once. */
export interface Repeat {
  how: "once" | "weekly" | "biweekly" | "kept"
  /** Monday is 0. */
  days: number[]
  /** The last day; blank: on and on. */
  until: string
  /** One that the form cannot say: it is kept as it is. */
  rule: string
}

const DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
const WEEKLY = /^FREQ=WEEKLY;(?:INTERVAL=([12]);)?BYDAY=([A-Z,]+)(?:;UNTIL=(\d{4})(\d\d)(\d\d))?$/

export const weekdayOf = (day: string): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7

export function repeatOf(rule: string, day: string): Repeat {
  const usual = { days: [weekdayOf(day)], until: "", rule }
  if (!rule) return { ...usual, how: "once" }
  const found = WEEKLY.exec(rule)
  if (!found) return { ...usual, how: "kept" }
  const [, interval, days = "", year, month, date] = found
  const until = year ? `${year}-${month}-${date}` : ""
  return {
    how: interval === "2" ? "biweekly" : "weekly",
    days: days.split(",").map((each) => DAYS.indexOf(each)),
    until,
    rule,
  }
}

export function ruleOf({ how, days, until, rule }: Repeat): string {
  if (how === "once") return ""
  if (how === "kept") return rule
  const chosen = [...days].sort().map((day) => DAYS[day])
  const every = how === "biweekly" ? "INTERVAL=2;" : ""
  return `FREQ=WEEKLY;${every}BYDAY=${chosen.join(",")}${until ? `;UNTIL=${until.replaceAll("-", "")}` : ""}`
}

/** The first day from `day` on that is one of these weekdays. */
export function firstOn(day: string, days: number[]): string {
  const ahead = days.map((each) => (each - weekdayOf(day) + 7) % 7)
  return plus(day, Math.min(...ahead))
}
