import { cachedBy } from "@/api/cache"
import { get } from "@/api/client"
import type { components } from "@/api/schema"
import { dayName } from "@/ui/dates"
import { arranged, compare, type View } from "@/ui/lazy/sorting"

export type HomeBalance = components["schemas"]["HomeBalance"]
export type Quarter = HomeBalance["quarters"][number]

export const balanceOf = cachedBy("visit-balance", (_all: "all") => get("/api/visit-balance"))

export type Column = "name" | "area" | "q0" | "q1" | "q2" | "q3" | "total" | "last"
const NUMBERS = "一二三四"
/** 一季度 */
export const quarterName = ({ quarter }: Quarter): string => `${NUMBERS[quarter - 1]}季度`
/** 去年三季度, 本季: as it is said aloud. */
export const quarterSaid = (quarter: Quarter, last: Quarter): string =>
  quarter === last ? "本季" : `${quarter.year === last.year ? "" : "去年"}${quarterName(quarter)}`

export const totalOf = ({ quarters }: HomeBalance): number => quarters.reduce((all, { visits }) => all + visits, 0)
export const blanksOf = ({ quarters }: HomeBalance): number => quarters.filter(({ visits }) => !visits).length
/** So many Homes were not visited in the present quarter yet. */
export const waiting = (homes: HomeBalance[]): number => homes.filter(({ quarters }) => !quarters.at(-1)?.visits).length

/** 供电所党支部 3 次、自己来的志愿者 2 次: over all quarters, the most faithful first. */
export function guestsOf({ quarters }: HomeBalance): string[] {
  const all = new Map<string, number>()
  for (const { organisations } of quarters)
    for (const { organisation, visits } of organisations) all.set(organisation, (all.get(organisation) ?? 0) + visits)
  return [...all].sort(([, a], [, b]) => b - a).map(([name, visits]) => `${name || "自己来的志愿者"} ${visits} 次`)
}

/** A day without a time, as people say it: 昨天, 3月4日. */
export const dateOf = (day: string | null, now: number): string => (day ? dayName(`${day}T12:00:00+08:00`, now) : "")

export function cellOf(home: HomeBalance, column: Column): string | number {
  if (column === "name" || column === "area") return home[column]
  if (column === "last") return home.last ?? ""
  return column === "total" ? totalOf(home) : (home.quarters[Number(column[1])]?.visits ?? 0)
}

/** What is searched for, in the order asked for; without one, those first that have waited longest for somebody. */
export const arrange = (homes: HomeBalance[], view: View<Column>): HomeBalance[] =>
  arranged(homes, view, {
    cellOf,
    isOne: (home) => blanksOf(home) > 0,
    first: (a, b) => blanksOf(b) - blanksOf(a) || compare(cellOf(a, "last"), cellOf(b, "last")),
  })
