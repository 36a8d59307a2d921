import { cachedBy } from "@/api/cache"
import { get } from "@/api/client"
import type { components } from "@/api/schema"

export type Visit = components["schemas"]["Visit"]

/** Who visits a Home today: organisations and numbers, nobody's name. */
export const visitsOf = cachedBy("visitors", (home: number) => get("/api/overview/visitors", { query: { home } }))

/** 供电所党支部 3 人、个人 2 人 */
export const whoOf = (visit: Visit): string =>
  visit.parties.map(({ organisation, expected }) => `${organisation || "个人"} ${expected} 人`).join("、")
