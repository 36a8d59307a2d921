import { computed, ref, shallowRef } from "vue"
import { get, post } from "./client"
import { memory, recall, remember } from "./db"
import { asked, committed } from "./idb"
import type { Frame, Live } from "./live"
import { clear } from "./pushState"
import { loadMe } from "./session"
import type { NoticeItem, Withheld } from "./types"

interface Place {
  user: number
  epoch: string
  /** Every number up to here is known. */
  after: number
  /** Conversations that were read here up to a number, which the server has not heard yet. */
  read?: Record<string, number>
}

type Item = NoticeItem | Withheld

const PLACE_KEY = "inbox"
const PAGE = 100
/** How far back a new phone looks. */
const FIRST_LOOK = 200
/** Frames may overtake each other; a gap is only a gap after this. */
const GAP_MS = 300

const held = shallowRef(new Map<number, NoticeItem>())
const place = shallowRef<Place | null>(null)
const early = new Map<number, Item>()
let gapTimer: ReturnType<typeof setTimeout> | undefined
let syncing: Promise<void> | null = null
let socket: Live | null = null

/** When the inbox was last known to be whole, ms. */
export const syncedAt = ref<number | null>(null)
/** It could not be asked for when it was last tried. */
export const cutOff = ref(false)

/** Newest first; of what carries the same tag only the newest. */
export const notices = computed(() => collapse([...held.value.values()]))
export const unread = computed(() => notices.value.filter((notice) => !notice.seen_at).length)

export function collapse(list: NoticeItem[]): NoticeItem[] {
  const newest = new Map<string, NoticeItem>()
  for (const notice of list.sort((a, b) => b.seq - a.seq)) {
    const key = `${notice.thread} ${notice.tag}`
    if (!newest.has(key)) newest.set(key, notice)
  }
  return [...newest.values()]
}

/** Opens what this phone remembers of this person, then asks for the rest. */
export async function openInbox(user: number): Promise<void> {
  const last = await recall<Place>(PLACE_KEY)
  if (last?.value.user === user) {
    place.value = last.value
    syncedAt.value = last.at
    const stored = (await memory()).transaction("notices").objectStore("notices")
    const rows = (await asked(stored.getAll())) as NoticeItem[]
    held.value = new Map(rows.map((row) => [row.seq, row]))
  } else {
    await startAfresh({ user, epoch: "", after: 0 })
  }
}

export function listen(live: Live): void {
  socket = live
  live.on("notice", receive)
  live.on("seen", (frame) => void markSeenHere(Number(frame.upto), frame.thread as string | undefined))
  live.on("reread", () => void sync().catch(() => undefined))
  live.on("pong", heard)
  live.on("ready", ({ epoch, latest }) => {
    const here = place.value
    sayAgain()
    // Frames may still be on their way behind this one; the gap timer of `receive` does not see the very last.
    if (here && (here.epoch !== epoch || here.after < Number(latest)))
      gapTimer = setTimeout(() => void sync().catch(() => undefined), GAP_MS)
    else if (here) whole()
  })
}

export async function hello(): Promise<Record<string, unknown>> {
  const { after, epoch } = place.value ?? { after: 0, epoch: "" }
  if (!epoch) await sync().catch(() => undefined)
  return { after: place.value?.after ?? after, ...(place.value?.epoch ? { epoch: place.value.epoch } : {}) }
}

/** Reads everything this phone does not know yet. One at a time. */
export function sync(): Promise<void> {
  syncing ??= readOn()
    .catch((error) => {
      cutOff.value = true
      throw error
    })
    .finally(() => {
      syncing = null
    })
  return syncing
}

async function readOn(): Promise<void> {
  for (let more = true; more; ) {
    const from = place.value
    if (!from) return
    const after = from.epoch ? from.after : await firstNumber()
    const page = await get("/api/notices", { query: { after, limit: PAGE } })
    if (place.value?.user !== from.user) return
    const restored = from.epoch !== "" && page.epoch !== from.epoch
    // A backup was restored, or I may see less than before: which of them, the server says when asked who I am.
    if (restored) void loadMe().catch(() => undefined)
    if (restored || (from.epoch !== "" && from.after < page.oldest - 1)) {
      await startAfresh({ user: from.user, epoch: "", after: 0 })
      continue
    }
    const last = page.items.at(-1)?.seq ?? page.latest
    await take(page.items as Item[], { ...place.value, epoch: page.epoch, after: Math.max(after, last) })
    more = page.items.length > 0 && last < page.latest
  }
  whole()
}

function whole(): void {
  syncedAt.value = Date.now()
  cutOff.value = false
  void saySeen()
}

async function firstNumber(): Promise<number> {
  const { latest, oldest } = await get("/api/notices", { query: { after: 0, limit: 1 } })
  return Math.max(oldest - 1, latest - FIRST_LOOK, 0)
}

function receive(frame: Frame): void {
  const seq = Number(frame.seq)
  const here = place.value
  if (!here || seq <= here.after) return
  const item = frame.withheld ? { seq, withheld: true as const } : { ...(frame.notice as NoticeItem), seq }
  early.set(seq, item)
  drainEarly(here)
}

function drainEarly(here: Place): void {
  const ready: Item[] = []
  for (let next = early.get(here.after + 1); next; next = early.get(here.after + ready.length + 1)) ready.push(next)
  for (const item of ready) early.delete(item.seq)
  if (ready.length) void take(ready, { ...here, after: here.after + ready.length })
  clearTimeout(gapTimer)
  if (early.size) gapTimer = setTimeout(() => void sync().catch(() => undefined), GAP_MS)
}

async function take(items: Item[], next: Place): Promise<void> {
  place.value = next
  for (const seq of early.keys()) if (seq <= next.after) early.delete(seq)
  const shown = items.filter((item): item is NoticeItem => !("withheld" in item))
  const map = new Map(held.value)
  for (const item of items) {
    if ("withheld" in item) map.delete(item.seq)
    else map.set(item.seq, item)
  }
  held.value = map
  showBadge()
  confirm(shown)
  await keep(items, next)
}

async function keep(items: Item[], next: Place): Promise<void> {
  try {
    const write = (await memory()).transaction("notices", "readwrite")
    const rows = write.objectStore("notices")
    for (const item of items) {
      if ("withheld" in item) rows.delete(item.seq)
      else rows.put(JSON.parse(JSON.stringify(item)))
    }
    await committed(write)
    await remember(PLACE_KEY, next)
  } catch {
    // Without a memory the next start reads again.
  }
}

async function startAfresh(next: Place): Promise<void> {
  place.value = next
  held.value = new Map()
  early.clear()
  try {
    const write = (await memory()).transaction("notices", "readwrite")
    write.objectStore("notices").clear()
    await committed(write)
  } catch {
    // Nothing could be remembered, so nothing has to be forgotten.
  }
}

/**
 * Shown on a screen = delivered. What came in while nobody could look is confirmed when somebody can, and kept until
 * the server surely knows: it answered, or two pongs came since (the first may belong to a ping from before).
 */
const unconfirmed = new Map<string, "new" | "asked" | "said" | "heard">()
function confirm(items: NoticeItem[]): void {
  for (const item of items) if (!item.delivered_at && !item.seen_at) unconfirmed.set(item.id, "new")
  if (document.visibilityState !== "visible") return
  for (const [id, state] of unconfirmed) if (state === "new") receipt(id)
}
document.addEventListener("visibilitychange", () => confirm([]))

function receipt(id: string): void {
  const state = "delivered"
  if (socket?.say({ type: "receipt", id, state })) return void unconfirmed.set(id, "said")
  unconfirmed.set(id, "asked")
  post("/api/notices/{notice_id}/receipts", { path: { notice_id: id }, body: { state } }).then(
    () => unconfirmed.delete(id),
    () => unconfirmed.has(id) && unconfirmed.set(id, "new"),
  )
}

function heard(): void {
  for (const [id, state] of unconfirmed) {
    if (state === "heard") unconfirmed.delete(id)
    if (state === "said") unconfirmed.set(id, "heard")
  }
}

/** Another connection: what was said into the last one may have been lost with it. */
function sayAgain(): void {
  for (const [id, state] of unconfirmed) if (state !== "asked") unconfirmed.set(id, "new")
  confirm([])
}

/** The person looked: here, on the server and on their other phones. */
export async function markSeen(thread: string): Promise<void> {
  void clear(thread)
  const unseen = [...held.value.values()].filter((notice) => notice.thread === thread && !notice.seen_at)
  const upto = Math.max(0, ...unseen.map((notice) => notice.seq))
  if (!upto || !place.value) return
  place.value = { ...place.value, read: { ...place.value.read, [thread]: upto } }
  await markSeenHere(upto, thread)
  await saySeen()
}

/** Over HTTP, which answers: what was read without a network is said when there is one again. */
async function saySeen(): Promise<void> {
  const { user, read = {} } = place.value ?? {}
  for (const [thread, upto] of Object.entries(read)) {
    const heard = await post("/api/notices/seen", { body: { upto, thread }, keepalive: true }).then(
      () => true,
      () => false,
    )
    const here = place.value
    if (!heard || !here || here.user !== user) return
    const { [thread]: said, ...rest } = here.read ?? {}
    if (said !== upto) continue
    place.value = { ...here, read: rest }
    await remember(PLACE_KEY, place.value)
  }
}

async function markSeenHere(upto: number, thread?: string): Promise<void> {
  await change(
    (notice) => notice.seq <= upto && (!thread || notice.thread === thread) && !notice.seen_at,
    (notice) => ({
      ...notice,
      seen_at: new Date().toISOString(),
    }),
  )
}

/** A fixed one-tap answer shows at once; the caller sends it and takes it back when it could not be sent. */
export async function noteReply(id: string, kind: string, said: boolean): Promise<void> {
  await change(
    (notice) => notice.id === id,
    (notice) => ({
      ...notice,
      seen_at: notice.seen_at ?? new Date().toISOString(),
      replies: said ? [...new Set([...notice.replies, kind])] : notice.replies.filter((other) => other !== kind),
    }),
  )
}

async function change(which: (notice: NoticeItem) => boolean, how: (notice: NoticeItem) => NoticeItem): Promise<void> {
  const changed = [...held.value.values()].filter(which).map(how)
  if (!changed.length || !place.value) return
  const map = new Map(held.value)
  for (const notice of changed) map.set(notice.seq, notice)
  held.value = map
  showBadge()
  await keep(changed, place.value)
}

export function closeInbox(): void {
  clearTimeout(gapTimer)
  place.value = null
  held.value = new Map()
  early.clear()
  unconfirmed.clear()
  syncedAt.value = null
  cutOff.value = false
  showBadge()
}

function showBadge(): void {
  const count = unread.value
  if ("setAppBadge" in navigator)
    void (count ? navigator.setAppBadge(count) : navigator.clearAppBadge()).catch(() => undefined)
}
