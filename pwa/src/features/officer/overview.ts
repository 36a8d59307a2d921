import { cached } from "@/api/cache"
import { get } from "@/api/client"
import type { components } from "@/api/schema"
import { arranged, turned, type View } from "@/ui/lazy/sorting"

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

/** What is searched for, in the order asked for; without one, those that need somebody first. */
export const arrange = (homes: HomeCounts[], view: View<Column>): HomeCounts[] =>
  arranged(homes, view, {
    cellOf,
    isOne: needsCare,
    first: (a, b) => Number(needsCare(b)) - Number(needsCare(a)),
  })

/** Numbers begin with the greatest, words with the first. */
export const turn = (view: View<Column>, by: Column): View<Column> =>
  turned(view, by, !(by === "name" || by === "area"))
