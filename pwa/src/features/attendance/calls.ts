import { get, post } from "@/api/client"
import type { components } from "@/api/schema"
import { type Known, known } from "@/api/store"

export type Call = components["schemas"]["Call"]
export type Answer = components["schemas"]["Answer"]

const lists = new Map<number, { calls: Known<Call[]>; answers: Known<Answer[]> }>()

/** The families who were not reached, and what families answered today. */
export function familyNews(home: number) {
  const held = lists.get(home)
  if (held) return held
  const news = {
    calls: known(`calls:${home}`, () => get("/api/overview/unreached", { query: { home } })),
    answers: known(`answers:${home}`, () => get("/api/overview/answers", { query: { home } })),
  }
  lists.set(home, news)
  return news
}

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
