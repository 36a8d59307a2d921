import { cachedBy } from "@/api/cache"
import { get, post } from "@/api/client"
import type { components } from "@/api/schema"

export type Call = components["schemas"]["Call"]
export type Answer = components["schemas"]["Answer"]

/** The families who were not reached, and what families answered today. */
export const callsOf = cachedBy("calls", (home: number) => get("/api/overview/unreached", { query: { home } }))
export const answersOf = cachedBy("answers", (home: number) => get("/api/overview/answers", { query: { home } }))

/** One family to ring: whatever it has not heard yet is said in one call. */
export interface Family {
  member: Call["member"]
  relatives: Call["relatives"]
  news: Call[]
}

/** Newest first, as the server has them. */
export function families(calls: Call[]): Family[] {
  const found = new Map<number, Family>()
  for (const call of calls) {
    if (call.told) continue
    const { member, relatives } = call
    const family = found.get(member.id) ?? { member, relatives: [], news: [] }
    const known = new Set(family.relatives.map(({ phone, name }) => phone ?? name))
    const more = relatives.filter(({ phone, name }) => !known.has(phone ?? name))
    found.set(member.id, { member, relatives: [...family.relatives, ...more], news: [...family.news, call] })
  }
  return [...found.values()]
}

/** 已转告: of each piece of news any notice stands for it. */
export async function tell({ news }: Family): Promise<void> {
  for (const { relatives } of news) {
    const notice_id = relatives[0]?.notice
    if (notice_id) await post("/api/notices/{notice_id}/receipts", { path: { notice_id }, body: { state: "told" } })
  }
}
