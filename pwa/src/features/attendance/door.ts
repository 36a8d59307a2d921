import { computed, onUnmounted, ref, shallowReactive, watch } from "vue"
import { type Cached, cached } from "@/api/cache"
import { del, get, post } from "@/api/client"
import { home, posts } from "@/api/currentHome"
import { ApiError, OfflineError, Told } from "@/api/errors"
import { useRenewal } from "@/api/renewal"
import { me } from "@/api/session"
import { live } from "@/api/socket"
import type { Tap, Waiting } from "@/api/tap"
import { enqueue, onSent, taps } from "@/api/tapQueue"
import type { Board } from "@/api/types"
import { uuid7 } from "@/api/uuid7"
import { isoDay } from "@/ui/dates"
import { toast } from "@/ui/toast"
import { type Change, type Shown, settle, show } from "./board"
import { atDoor } from "./keeper"
import { type Mode, said, stands } from "./words"

/** Frames may overtake each other; a gap is only a gap after this. */
const GAP_MS = 300
/** Where no socket gets through, the board is still asked for. */
const POLL_MS = 30_000
/** What no frame told after all shows after this at the latest. */
const RENEW_MS = 300_000
const TICK_MS = 10_000
/** A tap that is not gone after this says that it waits. */
const SLOW_MS = 3_000
/** The server's clock and this device's are told apart from this on. */
const SKEW_MS = 60_000

/** A Home's board as last read, with the clock's error found then. */
interface Read {
  board: Board
  skew: number
}

interface Source {
  store: Cached<Read>
  /** Changes beyond a gap. */
  ahead: Change[]
}

const sources = new Map<number, Source>()
export const now = ref(Date.now())
// Another person on this tablet starts with nothing of this one's.
watch(
  () => me.value?.id,
  () => sources.clear(),
)

function sourceOf(id: number): Source {
  const held = sources.get(id)
  if (held) return held
  const source: Source = shallowReactive({ store: cached<Read>(`board:${id}`, () => read(id)), ahead: [] })
  sources.set(id, source)
  return source
}

/** Frames that come while the answer is under way may be newer than it: they are laid on top again. */
async function read(id: number): Promise<Read> {
  const before = sourceOf(id).store.data.value?.board
  const during: Change[] = []
  const stop = live.on("board", (frame) => frame.home === id && during.push(frame as unknown as Change))
  try {
    const fresh = await get("/api/attendance/board", { query: { home: id } })
    const off = Date.parse(fresh.at) - Date.now()
    // A smaller number than before: the server was restored from a backup, and its numbers start again there.
    const restored = before !== undefined && fresh.rev < before.rev
    const newer = restored ? [] : [...sourceOf(id).ahead, ...during]
    const { board, ahead } = settle(fresh, newer)
    sourceOf(id).ahead = ahead
    return { board, skew: Math.abs(off) > SKEW_MS ? off : 0 }
  } finally {
    stop()
  }
}

const source = computed(() => (home.value ? sourceOf(home.value.id) : null))
export const store = computed(() => source.value?.store ?? null)

const titleOf = (id: number | undefined) =>
  posts.value.find((mine) => mine.id === id)?.title ?? atDoor.value?.title ?? ""
const mine = computed(() => taps.value.filter((tap) => tap.home === home.value?.id))

/** Taps that are on this device and not on the server yet. */
export const unsent = computed(() => mine.value.filter((tap) => !tap.refused))
/** Taps that the server will not take. */
export const parked = computed(() => mine.value.filter((tap) => tap.refused))

/** By how much this device's clock is wrong, ms. */
export const skew = computed(() => store.value?.data.value?.skew ?? 0)
/** The server's time, as far as this device knows. */
export const clock = computed(() => now.value + skew.value)
export const today = computed(() => isoDay(clock.value))

export const board = computed<Shown | null>(() => {
  const held = source.value?.store.data.value
  if (!source.value || !held) return null
  return show(held.board, source.value.ahead, unsent.value, { now: clock.value, skew: skew.value, titleOf })
})

export const unsigned = computed(() => {
  const takenBack = new Set(unsent.value.map(({ corrects }) => corrects))
  const noted = new Set(unsent.value.filter((tap) => tap.kind === "departed" && !takenBack.has(tap.id)).map(key))
  return (store.value?.data.value?.board.unsigned ?? []).filter(
    ({ member, date }) => !noted.has(`${member.id} ${date}`),
  )
})
const key = (tap: Waiting) => `${tap.member} ${isoDay(Date.parse(tap.occurred_at) + skew.value)}`

/** Families whose phones are silent, as the tiles say. */
export const unreached = computed(() => board.value?.members.filter(({ notice }) => notice === "unreached").length ?? 0)

export const nameOf = (member: number): string =>
  [...(board.value?.members ?? []), ...(board.value?.others ?? [])].find(({ id }) => id === member)?.name ?? "一位成员"

/** A live frame, or the answer to one's own tap. */
export function apply(id: number, change: Change): void {
  const source = sourceOf(id)
  const held = source.store.data.value
  if (!held || change.rev <= held.board.rev) return
  const { board, ahead } = settle(held.board, [...source.ahead, change])
  source.ahead = ahead
  if (board !== held.board) source.store.change((read) => ({ ...read, board }))
  // A change of another day concerns who was not signed out then, or the day is over.
  if (ahead.length) readUnless(source, () => source.ahead.length === 0)
  if (change.date !== held.board.date) readUnless(source, () => false)
}

const doubts = new Map<Source, (() => boolean)[]>()

/** Reads the board again, unless what is missing has come by itself. */
function readUnless(source: Source, settled: () => boolean): void {
  const all = doubts.get(source)
  if (all) return void all.push(settled)
  const mine = [settled]
  doubts.set(source, mine)
  setTimeout(() => {
    doubts.delete(source)
    if (!mine.every((each) => each())) void source.store.refresh()
  }, GAP_MS)
}

// Something that no frame tells; or the frame itself was lost on its way between two processes.
live.on("rev", ({ topic, rev }) => {
  const here = source.value
  if (here && topic === `home:${home.value?.id}`)
    readUnless(here, () => (here.store.data.value?.board.rev ?? 0) >= Number(rev))
})

live.on("board", (frame) => {
  if (home.value?.id === frame.home) apply(Number(frame.home), frame as unknown as Change)
})

/** Which day an event of this page stands on; what takes it back concerns that day. */
const days = new Map<string, string>()

onSent((tap, answer) => {
  const { rev, member, occurred_at, effect } = answer as { rev: number; occurred_at: string; effect: string } & Change
  if (tap.home !== home.value?.id || !member) return
  if (tap.kind !== "void") days.set(tap.id, isoDay(occurred_at))
  const date = days.get(tap.corrects ?? tap.id) ?? store.value?.data.value?.board.date ?? ""
  apply(tap.home, { rev, member, date })
  if (effect !== "none") return
  if (tap.kind !== "void") toast(said(member))
  else if (member.event) toast(stands(member, clock.value))
})

// Without an answer here, the worker or another tab sent them: what the server made of them is read.
watch(
  () => unsent.value.length,
  (left, before) => {
    const here = source.value
    const number = here?.store.data.value?.board.rev
    if (here && left < before) readUnless(here, () => here.store.data.value?.board.rev !== number)
  },
)

/** Keeps the board of this page true: read at once, after every reconnection, at midnight, and by asking where no socket is. */
export function useBoard(): void {
  const renew = () => store.value?.refresh()
  const tick = setInterval(() => {
    const day = today.value
    now.value = Date.now()
    if (today.value !== day) void renew()
  }, TICK_MS)
  const poll = setInterval(
    () => live.state.value !== "open" && document.visibilityState === "visible" && renew(),
    POLL_MS,
  )
  useRenewal(renew, RENEW_MS)
  const stop = watch([() => home.value?.id, live.state], () => void renew())
  onUnmounted(() => {
    clearInterval(tick)
    clearInterval(poll)
    stop()
  })
}

type What = Pick<Tap, "kind" | "mode" | "corrects" | "later"> & { at?: Date }

const NOT_KEPT = "没有记上！这台设备存不下了，请先用纸笔记下，再告诉院长。"

const tappedHere = new Set<string>()

// The word that it was done must not stand beside the line that it was not.
watch(parked, (refused, before) => {
  const fresh = refused.filter(({ id }) => tappedHere.has(id) && !before.some((old) => old.id === id)).at(-1)
  if (fresh) toast(`${nameOf(fresh.member)}：没能记上，请点红色的那一行看看`)
})

/** Keeps the tap on this device; answers its id, which undoes it. Throws when it could not be kept. */
async function tapped(member: number, { at, ...what }: What): Promise<string> {
  const id = uuid7()
  const place = home.value
  if (!place) return id
  tappedHere.add(id)
  now.value = Date.now()
  const taken_by = atDoor.value?.id
  // The server takes the clock's error away again from what this device says.
  const occurred_at = new Date(at ? at.getTime() - skew.value : now.value).toISOString()
  const tap = { id, home: place.id, member, occurred_at, ...(taken_by ? { taken_by } : {}), ...what }
  await enqueue(tap).catch(() => {
    throw new Told(NOT_KEPT)
  })
  navigator.vibrate?.(12)
  return id
}

export const arrive = (member: number) => tapped(member, { kind: "arrived" })
export const depart = (member: number, mode: Mode) => tapped(member, { kind: "departed", mode })
/** Yesterday's open end, written down afterwards; `at` is the teacher's word. */
export const noteDeparture = (member: number, mode: Mode, at: Date) =>
  tapped(member, { kind: "departed", mode, at, later: true })
export const undo = (member: number, event: string) => tapped(member, { kind: "void", corrects: event })

/** The same tap keeps its id until it went through, so that a second try is not a second leave. */
let asking: { member: number; id: string } | null = null

export async function askLeave(member: number): Promise<void> {
  if (asking?.member !== member) asking = { member, id: uuid7() }
  await post("/api/attendance/leaves", { body: { id: asking.id, member } })
  asking = null
  await store.value?.refresh()
}

export async function withdrawLeave(leave: string): Promise<void> {
  await del("/api/attendance/leaves/{leave_id}", { path: { leave_id: leave } })
  await store.value?.refresh()
}

/** Nobody answers: the last read failed, or what was tapped does not get away. */
export const cutOff = computed(() => store.value?.error.value instanceof OfflineError || stuck.value)
const stuck = ref(false)
let patience: ReturnType<typeof setTimeout> | undefined
watch(
  () => unsent.value[0]?.id,
  (id) => {
    clearTimeout(patience)
    if (!id) stuck.value = false
    else patience = setTimeout(() => (stuck.value = true), SLOW_MS)
  },
  { immediate: true },
)

/** The board is gone for this person: their post ended. */
export const shutOut = computed(() => {
  const error = store.value?.error.value
  return error instanceof ApiError && error.status === 404
})
