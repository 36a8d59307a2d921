import { cachedBy } from "@/api/cache"
import { del, get, put } from "@/api/client"
import type { components } from "@/api/schema"

export type Holiday = components["schemas"]["HolidayOut"]

export const holidaysOf = cachedBy("holidays", (year: number) => get("/api/holidays", { query: { year } }))

const yearOf = (date: string) => Number(date.slice(0, 4))
const inOrder = (list: Holiday[]) => list.sort((a, b) => a.date.localeCompare(b.date))

export async function keepHoliday({ date, name, works }: Holiday): Promise<void> {
  const kept = await put("/api/holidays/{date}", { path: { date }, body: { name, works } })
  holidaysOf(yearOf(date)).change((list) => inOrder([...list.filter((other) => other.date !== date), kept]))
}

export async function removeHoliday({ date }: Holiday): Promise<void> {
  await del("/api/holidays/{date}", { path: { date } })
  holidaysOf(yearOf(date)).change((list) => list.filter((other) => other.date !== date))
}

const weekday = new Intl.DateTimeFormat("zh-CN", { weekday: "short", timeZone: "UTC" })

/** 10月1日 周四 */
export function dayOf(date: string): string {
  const [, month, day] = date.split("-").map(Number)
  return `${month}月${day}日 ${weekday.format(new Date(`${date}T00:00:00Z`))}`
}

/** Days in a row with the same name and meaning are one line. */
export function runsOf(list: Holiday[]): Holiday[][] {
  const runs: Holiday[][] = []
  for (const day of list) {
    const run = runs.at(-1)
    const last = run?.at(-1)
    const follows = last && Date.parse(day.date) - Date.parse(last.date) === 86_400_000
    if (run && follows && last.name === day.name && last.works === day.works) run.push(day)
    else runs.push([day])
  }
  return runs
}
