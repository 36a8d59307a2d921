import { watch } from "vue"
import { get } from "@/api/client"
import type { components } from "@/api/schema"
import { me } from "@/api/session"
import { type Known, known } from "@/api/store"

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
const held = new Map<number, Known<Month[]>>()

// Another person on this phone starts with nothing.
watch(
  () => me.value?.id,
  () => held.clear(),
  { flush: "sync" },
)

export function monthsOf(member: number): Known<Month[]> {
  const fetch = () => get("/api/moments/keepsakes", { query: { member } })
  const months = held.get(member) ?? known(`keepsakes:${member}`, fetch)
  held.set(member, months)
  return months
}

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
