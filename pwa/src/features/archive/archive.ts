import { cachedBy } from "@/api/cache"
import { get } from "@/api/client"
import type { components } from "@/api/schema"
import { isoDay } from "@/ui/dates"

type Schemas = components["schemas"]
export type Month = Schemas["KeepsakeMonth"]
type Post = Schemas["MomentOut"]

/** One photo with what stands below it on paper. */
export interface Print {
  id: string
  src: string
  width: number
  height: number
  at: string
  words: string
}

const PAGE = 50

export const monthsOf = cachedBy("keepsakes", (member: number) => get("/api/moments/keepsakes", { query: { member } }))

export const archiveOf = (member: number, month: string): string =>
  `/api/moments/keepsake?member=${member}&month=${month}`

/** A month's photos of one's own member, the oldest first; null: who also works there sees every face in them. They are not kept on this phone. */
export async function printsOf(member: number, month: string): Promise<Print[] | null> {
  const posts: Post[] = []
  for (let after: string | null = ""; after !== null; ) {
    const query = { member, month, after, limit: PAGE }
    const page: Schemas["MomentPage"] = await get("/api/moments", { query })
    posts.push(...page.items)
    after = page.next
  }
  if (posts.some(({ staff }) => staff)) return null
  return posts.reverse().flatMap((post) =>
    post.photos
      .filter(({ status, tags }) => status === "ready" && tags.some((tag) => tag.member === member))
      .map(({ id, src, width, height }) => {
        const words = post.session?.title ?? post.text
        return { id, src: src["1080"] ?? src["320"] ?? "", width, height, at: post.created_at, words }
      }),
  )
}

export const monthName = (month: string): string => `${month.slice(0, 4)}年${Number(month.slice(5))}月`

/** 11月26日: on paper there is no 今天. */
export const dayOf = (at: string): string => {
  const [, month, day] = isoDay(at).split("-").map(Number)
  return `${month}月${day}日`
}
