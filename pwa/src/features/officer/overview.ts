import { cached } from "@/api/cache"
import { get } from "@/api/client"
import type { components } from "@/api/schema"

export type HomeCounts = components["schemas"]["HomeCounts"]
export type Overview = components["schemas"]["HomesOverview"]
type Counts = HomeCounts["counts"]

export const overview = cached<Overview>("overview", () => get("/api/overview/homes"))

/** Who came at all today, whether still there or gone home again. */
export const came = ({ present, departed }: Counts): number => present + departed

export const percent = (counts: Counts): string =>
  counts.expected ? `${((100 * came(counts)) / counts.expected).toFixed(1).replace(/\.0$/, "")}%` : ""

export type Column = "name" | "area" | "expected" | "came" | "leave" | "missing" | "unreached" | "visits"

export const COLUMNS: { key: Column; word: string }[] = [
  { key: "name", word: "家园" },
  { key: "area", word: "区县" },
  { key: "expected", word: "应到" },
  { key: "came", word: "已到" },
  { key: "leave", word: "请假" },
  { key: "missing", word: "未到" },
  { key: "unreached", word: "未送达" },
  { key: "visits", word: "本季来访" },
]

export function cellOf(home: HomeCounts, column: Column): string | number {
  if (column === "name" || column === "area") return home[column]
  if (column === "unreached" || column === "visits") return home[column]
  return column === "came" ? came(home.counts) : home.counts[column]
}

/** Somebody is not there without leave, or a family was not reached. */
export const needsCare = (home: HomeCounts): boolean => home.open && (home.counts.missing > 0 || home.unreached > 0)

export interface View {
  q: string
  caring: boolean
  by: Column | null
  down: boolean
}

const chinese = new Intl.Collator("zh-CN")

/** What is searched for, in the order asked for; without one, those that need somebody first. */
export function arrange(homes: HomeCounts[], { q, caring, by, down }: View): HomeCounts[] {
  const wanted = q.trim()
  const shown = homes.filter(
    (home) => (home.name.includes(wanted) || home.area.includes(wanted)) && (!caring || needsCare(home)),
  )
  if (!by) return shown.sort((a, b) => Number(needsCare(b)) - Number(needsCare(a)))
  const turn = down ? -1 : 1
  return shown.sort((a, b) => turn * compare(cellOf(a, by), cellOf(b, by)))
}

const compare = (a: string | number, b: string | number): number =>
  typeof a === "number" && typeof b === "number" ? a - b : chinese.compare(String(a), String(b))

/** Tapping a heading: numbers begin with the greatest, words with the first; a third tap gives the first order back. */
export function turned(view: View, by: Column): View {
  const first = !(by === "name" || by === "area")
  if (view.by !== by) return { ...view, by, down: first }
  return view.down === first ? { ...view, down: !first } : { ...view, by: null, down: false }
}
