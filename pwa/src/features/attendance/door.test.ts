import { mount } from "@vue/test-utils"
import { beforeEach, describe, expect, it, vi } from "vitest"
import { me } from "@/api/session"
import { live } from "@/api/socket"
import { allow, door, taps } from "@/api/tapQueue"
import { turns } from "@/api/test/turns"
import type { Board, BoardMember, Me } from "@/api/types"
import { hhmm, isoDay } from "@/ui/dates"
import { current } from "@/ui/toast"
import { come } from "./actions"
import DoorLines from "./DoorLines.vue"
import { apply, arrive, board, noteDeparture, parked, skew, store, undo, unsent } from "./door"

/** How long a gap may stay open (door.ts). */
const GAP_MS = 300
const TODAY = isoDay(Date.now())
const LATER = new Date(Date.now() + 3_600_000).toISOString()

const lu = {
  id: 2,
  posts: [
    { id: 7, home: { id: 1, name: "阳光家园", phone: "", area: "" }, role: "carer", title: "陆老师", has_pin: true },
  ],
} as unknown as Me

const member = (more: Partial<BoardMember> = {}): BoardMember => ({
  id: 1,
  name: "沈志强",
  short_name: "志强",
  avatar: { text: "志", colour: 0, photo: null },
  state: "waiting",
  since: null,
  expected_at: LATER,
  departs_at: LATER,
  by: "",
  mode: "",
  event: null,
  notice: null,
  reply: "",
  leave: null,
  ...more,
})

const answer = (rev: number, members: BoardMember[]): Board => ({
  home: { id: 1, name: "阳光家园", phone: "" },
  date: TODAY,
  open: true,
  rev,
  at: new Date().toISOString(),
  counts: { expected: 1, present: 0, waiting: 1, leave: 0, missing: 0, departed: 0 },
  members,
  others: [],
  unsigned: [],
})

interface Sent {
  id: string
  kind: string
  occurred_at: string
  taken_by?: number
  device_seq?: number
}

/** The server as this page meets it: what it answers, and what it was told. */
const server = {
  board: answer(10, [member()]),
  status: 201,
  effect: "recorded",
  member: member(),
  rev: 11,
  events: [] as Sent[],
  reads: 0,
  offline: false,
}

async function answered(url: string, init?: RequestInit): Promise<Response> {
  if (server.offline) throw new TypeError("no network")
  if (url.includes("/attendance/board")) {
    server.reads += 1
    return Response.json(server.board)
  }
  if (url === "/api/me") return Response.json(lu)
  if (!url.includes("/attendance/events")) return Response.json(url.includes("/unreached") ? [] : {})
  const event = JSON.parse(String(init?.body)) as Sent
  server.events.push(event)
  if (server.status >= 400)
    return Response.json({ code: "not_found", message: "没有找到这位成员。" }, { status: server.status })
  const now = new Date().toISOString()
  const { effect, rev, member: tile } = server
  const said = { id: event.id, effect, rev, member: { ...tile, event: event.id }, occurred_at: now, recorded_at: now }
  return Response.json({ ...said, skewed: false, late: false, counts: server.board.counts }, { status: server.status })
}

const tile = () => board.value?.members[0]
const theTile = () => tile() ?? expect.unreachable("no tile")
/** The next write finds no room on this device. */
const fillDisk = async () =>
  vi.spyOn(await door(), "transaction").mockImplementationOnce(() => {
    throw new DOMException("full", "QuotaExceededError")
  })
const NOT_KEPT = "沈志强：没有记上！这台设备存不下了，请先用纸笔记下，再告诉院长。"
const settled = () => turns(100)

beforeEach(async () => {
  vi.stubGlobal("fetch", answered)
  // biome-ignore lint/suspicious/noDocumentCookie: the client reads its CSRF token there.
  document.cookie = "csrftoken=token"
  Object.assign(server, { status: 201, effect: "recorded", rev: 11, events: [], reads: 0, offline: false })
  Object.assign(server, {
    board: answer(10, [member()]),
    member: member({ state: "present", since: new Date().toISOString() }),
  })
  me.value = null
  await settled()
  me.value = structuredClone(lu)
  await allow([1])
  await store.value?.refresh()
  server.reads = 0
  current.value = null
})

describe("a tap", () => {
  it("shows at once, goes up under the teacher at the door, and the server's word replaces it", async () => {
    const tapped = arrive(1)
    await tapped
    expect(tile()).toMatchObject({ state: "present", by: "陆老师" })
    await settled()
    expect(server.events).toMatchObject([{ kind: "arrived", taken_by: 7 }])
    expect([tile()?.waiting, unsent.value.length, store.value?.data.value?.board.rev]).toEqual([false, 0, 11])
  })

  it("that says nothing new is told quietly, with who did it and when", async () => {
    Object.assign(server, {
      effect: "none",
      member: member({ state: "present", since: `${TODAY}T00:12:00Z`, by: "何老师" }),
    })
    await arrive(1)
    await settled()
    expect(current.value?.text).toBe("沈志强：何老师 08:12 已记录")
  })

  it("waits on this device while nobody answers, and is undone in the same way", async () => {
    server.offline = true
    const event = await arrive(1)
    await settled()
    expect([tile()?.state, unsent.value.length]).toEqual(["present", 1])
    await undo(1, event)
    await settled()
    expect([tile()?.state, unsent.value.length]).toEqual(["waiting", 2])
    server.offline = false
    await allow([1])
    await settled()
    expect(server.events.map(({ kind }) => kind)).toEqual(["arrived", "void"])
  })

  it("that the server refuses is set aside with its sentence, and the tile is as before", async () => {
    server.status = 404
    await arrive(1)
    await settled()
    expect(parked.value.map(({ refused }) => refused?.message)).toEqual(["没有找到这位成员。"])
    expect([tile()?.state, unsent.value.length]).toEqual(["waiting", 0])
    expect(current.value?.text).toBe("沈志强：没能记上，请点红色的那一行看看")
  })

  it("that this device cannot keep is said at once, without the tick of a yes", async () => {
    const vibrate = vi.fn()
    vi.stubGlobal("navigator", Object.assign(navigator, { vibrate }))
    await fillDisk()
    await come(theTile())
    expect([current.value?.text, vibrate.mock.calls.length, tile()?.state]).toEqual([NOT_KEPT, 0, "waiting"])
    await come(theTile())
    expect([current.value?.text.slice(-2), vibrate.mock.calls.length, tile()?.state]).toEqual(["已到", 1, "present"])
  })

  it("is taken back in the same way, or it is said that it was not", async () => {
    server.offline = true
    await come(theTile())
    await fillDisk()
    current.value?.action?.run()
    await vi.waitFor(() => expect(current.value?.text).toBe(NOT_KEPT))
    expect(unsent.value.map(({ kind }) => kind)).toEqual(["arrived"])
  })

  it("that was taken back and stands all the same, because somebody else tapped too, is told", async () => {
    Object.assign(server, { effect: "none", member: member({ state: "present", since: `${TODAY}T00:12:00Z` }) })
    await undo(1, "event-1")
    await settled()
    expect(current.value?.text).toBe("沈志强：还有另一条记录，现在仍是“已到 08:12”。要撤销，请点开他再撤一次。")
  })

  it("for an earlier day has no place in this tablet's order", async () => {
    await noteDeparture(1, "alone", new Date(Date.now() - 86_400_000))
    await settled()
    expect(server.events[0]).not.toHaveProperty("device_seq")
    expect(taps.value.filter(({ refused }) => !refused)).toEqual([])
  })
})

describe("a live frame", () => {
  const frame = (rev: number, more: Partial<BoardMember>, date = TODAY) => ({ rev, date, member: member(more) })
  const patience = () => vi.advanceTimersByTimeAsync(GAP_MS)

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] })
    return () => vi.useRealTimers()
  })

  it("changes its tile without a read", async () => {
    apply(1, frame(11, { state: "present" }))
    await patience()
    expect([tile()?.state, server.reads]).toEqual(["present", 0])
  })

  it("beyond a gap shows at once and has the board read again when nothing fills the gap", async () => {
    server.board = answer(13, [member({ state: "departed" })])
    apply(1, frame(13, { state: "present" }))
    expect(tile()?.state).toBe("present")
    await patience()
    expect([tile()?.state, server.reads]).toEqual(["departed", 1])
  })

  it("that was overtaken fills the gap, and nothing is read", async () => {
    apply(1, frame(12, { state: "departed" }))
    apply(1, frame(11, { state: "present" }))
    await patience()
    expect([tile()?.state, server.reads]).toEqual(["departed", 0])
  })

  it("of another day has the board read again", async () => {
    apply(1, frame(11, { state: "departed" }, "2020-01-01"))
    await patience()
    expect([tile()?.state, server.reads]).toEqual(["waiting", 1])
  })

  it("that comes while a read is under way is laid on top of the older answer", async () => {
    const reading = store.value?.refresh()
    await Promise.resolve()
    hear("board", { home: 1, ...frame(11, { state: "present" }) })
    expect(tile()?.state).toBe("present")
    await reading
    expect([tile()?.state, store.value?.data.value?.board.rev]).toEqual(["present", 11])
  })

  it("that was lost is noticed by its number alone, and the board is read again", async () => {
    server.board = answer(12, [member({ state: "departed" })])
    hear("rev", { topic: "home:2", rev: 12 })
    hear("rev", { topic: "home:1", rev: 10 })
    await patience()
    expect(server.reads).toBe(0)
    hear("rev", { topic: "home:1", rev: 12 })
    await patience()
    expect([tile()?.state, server.reads]).toEqual(["departed", 1])
  })

  it("numbers start again after a backup was restored", async () => {
    server.board = answer(3, [member({ state: "departed" })])
    await store.value?.refresh()
    expect([tile()?.state, store.value?.data.value?.board.rev]).toEqual(["departed", 3])
  })
})

/** As the socket would call a frame's listeners. */
function hear(type: string, frame: object) {
  const { listeners } = live as unknown as { listeners: Map<string, Set<(frame: object) => void>> }
  for (const listener of listeners.get(type) ?? []) listener({ type, ...frame })
}

describe("a tablet whose clock is two hours slow", () => {
  const HOURS = 2 * 3_600_000
  const there = () => Date.now() + HOURS

  beforeEach(async () => {
    server.board = { ...answer(10, [member()]), at: new Date(there()).toISOString(), date: isoDay(there()) }
    await store.value?.refresh()
  })

  it("says so in a calm line", async () => {
    const lines = mount(DoorLines, { global: { stubs: { RouterLink: true } } })
    const notice = () => lines.findAll(".notice").map((each) => each.text())
    expect(notice()).toEqual(["这台设备的时间慢了 2 小时，记录会自动改准。请到系统设置里打开“自动设置时间”。"])
    server.board = answer(11, [member()])
    await store.value?.refresh()
    expect(notice()).toEqual([])
  })

  it("says the server's time", async () => {
    server.offline = true
    await come(theTile())
    expect(current.value?.text).toBe(`沈志强 ${hhmm(there())} 已到`)
  })

  it("sends the teacher's word in its own time, which the server puts right", async () => {
    const at = new Date(there() - 86_400_000)
    await noteDeparture(1, "alone", at)
    await settled()
    expect(Date.parse(server.events.at(-1)?.occurred_at ?? "")).toBe(at.getTime() - skew.value)
    expect(Math.abs(skew.value - HOURS)).toBeLessThan(60_000)
  })
})
