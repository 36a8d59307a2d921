import { get } from "@/api/client"
import type { components } from "@/api/schema"
import { type Known, known } from "@/api/store"

export type Visit = components["schemas"]["Visit"]

const homes = new Map<number, Known<Visit[]>>()

/** Who visits a Home today: organisations and numbers, nobody's name. */
export function visitsOf(home: number): Known<Visit[]> {
  const held = homes.get(home)
  if (held) return held
  const visits = known(`visitors:${home}`, () => get("/api/overview/visitors", { query: { home } }))
  homes.set(home, visits)
  return visits
}

/** 供电所党支部 3 人、个人 2 人 */
export const whoOf = (visit: Visit): string =>
  visit.parties.map(({ organisation, expected }) => `${organisation || "个人"} ${expected} 人`).join("、")
