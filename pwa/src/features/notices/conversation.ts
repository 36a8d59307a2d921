import { shallowRef, watch } from "vue"
import { get, post } from "@/api/client"
import { collapse, noteReply, notices } from "@/api/inbox"
import { me } from "@/api/session"
import type { NoticeItem } from "@/api/types"
import { isoDay, type Moment } from "@/ui/dates"

export type Answer = "ack" | "thanks" | "late" | "i_pick_up"
export const ANSWERS: Record<Answer, string> = {
  ack: "收到",
  thanks: "谢谢老师",
  late: "晚点到",
  i_pick_up: "今天我来接",
}

export type Entry =
  | { what: "time"; key: string; at: string }
  | { what: "notice"; key: string; notice: NoticeItem }
  | { what: "reply"; key: string; notice: string; kind: Answer; state: "said" | "sending" | "failed" }

const PAGE = 30
/** Below this many the phone asks by itself whether there are earlier ones. */
export const FEW = 15
const PAUSE_MS = 5 * 60_000
const DOOR = new Set(["arrived", "departed", "correction"])

/** What was tapped and is not on the server: under way, or it did not go out. Said on the screen, and forgotten with the page. */
const unsent = shallowRef(new Map<string, "sending" | "failed">())
const earlier = shallowRef<Record<string, { items: NoticeItem[]; before: number; whole: boolean }>>({})

watch(
  () => me.value?.id,
  () => {
    unsent.value = new Map()
  },
)
// Whenever it is asked again who I am, what I may see may have changed: what was read page by page is read again.
watch(me, () => {
  earlier.value = {}
})

/** Oldest first; of what carries the same tag only the newest. */
export function conversationOf(thread: string): NoticeItem[] {
  const here = notices.value.filter((notice) => notice.thread === thread)
  const ids = new Set(here.map((notice) => notice.id))
  const old = (earlier.value[thread]?.items ?? []).filter((notice) => !ids.has(notice.id))
  return collapse([...here, ...old]).reverse()
}

export const isWhole = (thread: string): boolean => earlier.value[thread]?.whole ?? false

/** One more page of what was before. The phone does not keep it: it is asked for again when wanted again. */
export async function readEarlier(thread: string): Promise<void> {
  const known = earlier.value[thread]
  const oldest = conversationOf(thread)[0]?.seq ?? Number.MAX_SAFE_INTEGER
  const before = Math.min(known?.before ?? oldest, oldest)
  const { items } = await get("/api/notices", { query: { after: 0, before, thread, limit: PAGE } })
  const shown = items.filter((item): item is NoticeItem => !("withheld" in item))
  const state = {
    items: [...shown, ...(known?.items ?? [])],
    before: items[0]?.seq ?? before,
    whole: items.length < PAGE,
  }
  earlier.value = { ...earlier.value, [thread]: state }
}

/** Bubbles with the time in between, as people say it: after a pause, and on a new day. */
export function entriesOf(list: NoticeItem[]): Entry[] {
  const entries: Entry[] = []
  let last = ""
  for (const notice of list) {
    const at = notice.created_at
    if (!last || isoDay(at) !== isoDay(last) || Date.parse(at) - Date.parse(last) > PAUSE_MS)
      entries.push({ what: "time", key: `t${notice.id}`, at })
    last = at
    entries.push({ what: "notice", key: notice.id, notice }, ...repliesOf(notice))
  }
  return entries
}

function repliesOf(notice: NoticeItem): Entry[] {
  const all = Object.keys(ANSWERS) as Answer[]
  const said = all.filter((kind) => notice.replies.includes(kind))
  const waiting = all.filter((kind) => !said.includes(kind))
  const entry = (kind: Answer, state: "said" | "sending" | "failed"): Entry => ({
    what: "reply",
    key: keyOf(notice.id, kind),
    notice: notice.id,
    kind,
    state,
  })
  return [
    ...said.map((kind) => entry(kind, "said")),
    ...waiting.flatMap((kind) => {
      const state = unsent.value.get(keyOf(notice.id, kind))
      return state ? [entry(kind, state)] : []
    }),
  ]
}

/** What can be answered with one tap: today's newest word from the door. */
export function answerable(list: NoticeItem[], now: Moment = Date.now()): NoticeItem | null {
  const newest = [...list].reverse().find((notice) => DOOR.has(notice.kind))
  return newest?.thread.startsWith("member:") && isoDay(newest.created_at) === isoDay(now) ? newest : null
}

/** The answers that still make sense: who has gone home is not picked up, and nothing is said twice. */
export function answersTo(notice: NoticeItem): Answer[] {
  const open: Answer[] = notice.data.state === "present" ? ["ack", "thanks", "i_pick_up"] : ["ack", "thanks"]
  return open.filter((kind) => !notice.replies.includes(kind) && !unsent.value.has(keyOf(notice.id, kind)))
}

/** Shows at once; counts as said only when the server has it. Throws what went wrong. */
export async function reply(notice: string, kind: Answer): Promise<void> {
  const key = keyOf(notice, kind)
  mark(key, "sending")
  try {
    await post("/api/notices/{notice_id}/replies", { path: { notice_id: notice }, body: { kind } })
    await noteReply(notice, kind, true)
    mark(key, null)
  } catch (error) {
    mark(key, "failed")
    throw error
  }
}

const keyOf = (notice: string, kind: string) => `${notice} ${kind}`

function mark(key: string, state: "sending" | "failed" | null): void {
  const next = new Map(unsent.value)
  if (state) next.set(key, state)
  else next.delete(key)
  unsent.value = next
}
