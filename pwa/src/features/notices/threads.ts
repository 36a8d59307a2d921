import { computed } from "vue"
import { notices } from "@/api/inbox"
import { me } from "@/api/session"
import type { Avatar, Me, NoticeItem } from "@/api/types"

export interface Thread {
  key: string
  title: string
  avatar: Avatar
  /** The Home's number, where somebody would ring. */
  phone: string
  latest: NoticeItem | null
  unread: number
}

type Head = Omit<Thread, "latest" | "unread">

const face = (text: string, colour: number): Avatar => ({ text, colour, photo: null })
const SYSTEM: Head = { key: "system", title: "幸福驿站", avatar: face("驿", 5), phone: "" }
const SERVICE: Head = { key: "service", title: "志愿服务", avatar: face("志", 4), phone: "" }

/** The conversations that follow from what I am: there before the first notice, so that nobody looks for them. */
export function headsOf(person: Me | null): Head[] {
  const family = (person?.relatives ?? []).flatMap(({ member, home }) =>
    home
      ? [
          {
            key: `member:${member.id}:${home.id}`,
            title: `${home.name} · ${member.short_name}`,
            avatar: face(home.name.slice(0, 1), 0),
            phone: home.phone,
          },
        ]
      : [],
  )
  const homes = new Map((person?.posts ?? []).map(({ home }) => [home.id, home]))
  const staff = [...homes.values()].map((home) => ({
    key: `home:${home.id}`,
    title: home.name,
    avatar: face(home.name.slice(0, 1), 0),
    phone: "",
  }))
  const service = person?.volunteer || person?.organisations?.length ? [SERVICE] : []
  return [...family, ...staff, ...service]
}

/** Of a conversation whose notices are here but whose Home is no longer mine by today's rows. */
function headOfPast(key: string, person: Me | null): Head {
  const ours = [SYSTEM, SERVICE].find((head) => head.key === key)
  if (ours) return ours
  const relative = person?.relatives.find(({ member }) => key.startsWith(`member:${member.id}:`))
  const title = relative ? `${relative.member.short_name}以前的家园` : "以前的消息"
  return { key, title, avatar: face("旧", 7), phone: "" }
}

export function threadsOf(list: NoticeItem[], person: Me | null): Thread[] {
  const heads = new Map(headsOf(person).map((head) => [head.key, head]))
  for (const { thread } of list) if (!heads.has(thread)) heads.set(thread, headOfPast(thread, person))
  return [...heads.values()]
    .map((head) => {
      const mine = list.filter((notice) => notice.thread === head.key)
      return { ...head, latest: mine[0] ?? null, unread: mine.filter((notice) => !notice.seen_at).length }
    })
    .sort((a, b) => (b.latest?.seq ?? 0) - (a.latest?.seq ?? 0))
}

export const threads = computed(() => threadsOf(notices.value, me.value))
