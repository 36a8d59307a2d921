import { describe, expect, it } from "vitest"
import type { Waiting } from "@/api/tap"
import type { Board, BoardMember } from "@/api/types"
import { type Change, place, settle, show } from "./board"

const DAY = "2026-11-23"
const at = (time: string, day = DAY) => `${day}T${time}:00+08:00`
const present = (time: string, skew = 0, day = DAY) => ({
  now: Date.parse(at(time, day)) + skew,
  skew,
  titleOf: () => "陆老师",
})

function member(id: number, more: Partial<BoardMember> = {}): BoardMember {
  const avatar = { text: "志", colour: 0, photo: null }
  const times = { since: null, expected_at: at("08:30"), departs_at: at("16:30") }
  const plain = { by: "", mode: "", event: null, notice: null, reply: "", leave: null }
  return { id, name: `成员${id}`, short_name: `${id}`, avatar, state: "waiting", ...times, ...plain, ...more }
}

function board(members: BoardMember[], more: Partial<Board> = {}): Board {
  const home = { id: 1, name: "阳光家园", phone: "" }
  const counts = { expected: 0, present: 0, waiting: 0, leave: 0, missing: 0, departed: 0 }
  const [due, others] = [members.filter(({ state }) => state), members.filter(({ state }) => !state)]
  return { home, date: DAY, open: true, rev: 10, at: at("08:00"), counts, members: due, others, unsigned: [], ...more }
}

const change = (rev: number, changed: BoardMember, date = DAY): Change => ({ rev, date, member: changed })

let n = 0
function tap(of: number, kind: Waiting["kind"], time: string, more: Partial<Waiting> = {}): Waiting {
  n += 1
  return { n, id: `tap-${n}`, home: 1, member: of, kind, occurred_at: at(time), device: "d", device_seq: n, ...more }
}

const arrived = (id: number, time: string, more: Partial<BoardMember> = {}) =>
  member(id, { state: "present", since: at(time), event: `event-${id}`, by: "何老师", ...more })

const tile = (shown: ReturnType<typeof show>, id: number) =>
  [...shown.members, ...shown.others].find((each) => each.id === id)

describe("live changes", () => {
  const changes = [
    change(11, arrived(1, "08:01")),
    change(12, arrived(2, "08:02")),
    change(13, arrived(1, "08:01", { notice: "delivered" })),
    change(14, member(3, { state: "" })),
  ]
  const start = board([member(1), member(2), member(3)])
  const fresh = changes.reduce(place, start)

  it("end in the same board whatever their order, and however often they come", () => {
    for (const order of [
      [0, 1, 2, 3],
      [3, 2, 1, 0],
      [2, 0, 3, 1],
      [1, 1, 0, 3, 2, 2],
    ]) {
      let held = { board: start, ahead: [] as Change[] }
      for (const index of order) held = settle(held.board, [...held.ahead, changes[index] as Change])
      expect(held.ahead).toEqual([])
      expect(show(held.board, [], [], present("08:10"))).toEqual(show(fresh, [], [], present("08:10")))
    }
  })

  it("that come beyond a gap are shown at once, and wait for what is missing", () => {
    const { board: settled, ahead } = settle(start, [changes[2] as Change])
    expect([settled.rev, ahead.length]).toEqual([10, 1])
    expect(tile(show(settled, ahead, [], present("08:10")), 1)).toMatchObject({ state: "present", notice: "delivered" })
  })

  it("that are older than what was read change nothing", () => {
    expect(settle(start, [change(9, arrived(1, "08:01"))])).toEqual({ board: start, ahead: [] })
  })

  it("of another day move the number and no tile", () => {
    const { board: settled } = settle(start, [change(11, arrived(1, "08:01"), "2026-11-20")])
    expect(settled).toEqual({ ...start, rev: 11 })
  })

  it("count as the tiles do", () => {
    expect(show(fresh, [], [], present("08:10")).counts).toEqual({
      expected: 2,
      present: 2,
      waiting: 0,
      leave: 0,
      missing: 0,
      departed: 0,
    })
  })
})

describe("taps that wait on this device", () => {
  it("show at once, marked as not uploaded", () => {
    const shown = show(board([member(1)]), [], [tap(1, "arrived", "08:12")], present("08:12"))
    expect(tile(shown, 1)).toMatchObject({ state: "present", by: "陆老师", waiting: true })
    expect(shown.counts).toMatchObject({ present: 1, waiting: 0 })
  })

  it("say nothing new about whom another tablet has let in", () => {
    const shown = show(board([arrived(1, "08:10")]), [], [tap(1, "arrived", "08:12")], present("08:13"))
    expect(tile(shown, 1)).toMatchObject({ by: "何老师", event: "event-1", waiting: false })
  })

  it("are taken back in turn: leave and come again, then undo each", () => {
    const taps = [tap(1, "arrived", "08:12"), tap(1, "departed", "16:30", { mode: "alone" })]
    const gone = show(board([member(1)]), [], taps, present("16:31"))
    expect(tile(gone, 1)).toMatchObject({ state: "departed", mode: "alone" })
    const back = [...taps, tap(1, "void", "16:31", { corrects: taps[1]?.id ?? "" })]
    expect(tile(show(board([member(1)]), [], back, present("16:31")), 1)).toMatchObject({ state: "present" })
    const never = [...back, tap(1, "void", "16:32", { corrects: taps[0]?.id ?? "" })]
    expect(tile(show(board([member(1)]), [], never, present("08:20")), 1)).toMatchObject({
      state: "waiting",
      event: null,
    })
  })

  it("undo what only the server knows: to waiting, missing, leave or not due", () => {
    const undone = (more: Partial<BoardMember>) => {
      const taps = [tap(1, "void", "09:00", { corrects: "event-1" })]
      return tile(show(board([arrived(1, "08:10", more)]), [], taps, present("09:00")), 1)?.state
    }
    expect(undone({ expected_at: at("09:30") })).toBe("waiting")
    expect(undone({})).toBe("missing")
    expect(undone({ leave: "leave-1" })).toBe("leave")
    expect(undone({ expected_at: null })).toBe("")
  })

  it("do not count once the server has refused them", () => {
    const refused = tap(1, "arrived", "08:12", { refused: { status: 404, code: "not_found", message: "没有找到" } })
    expect(tile(show(board([member(1)]), [], [refused], present("08:13")), 1)?.state).toBe("waiting")
  })

  it("bring in who was not due", () => {
    const shown = show(
      board([member(1, { state: "", expected_at: null })]),
      [],
      [tap(1, "arrived", "08:12")],
      present("08:13"),
    )
    expect([shown.members.length, shown.others.length, shown.counts.expected]).toEqual([1, 0, 1])
  })

  it("are shown at the right time by a tablet whose clock is two hours slow", () => {
    const slow = 2 * 3_600_000
    const shown = show(board([member(1)]), [], [tap(1, "arrived", "06:12")], present("06:13", slow))
    expect(Date.parse(tile(shown, 1)?.since ?? "")).toBe(Date.parse(at("08:12")))
  })
})

describe("the passing of time", () => {
  it("makes 待到 into 未到 when the hour has passed, also with nobody answering", () => {
    const shown = (time: string) => tile(show(board([member(1)]), [], [], present(time)), 1)?.state
    expect([shown("08:29"), shown("08:31")]).toEqual(["waiting", "missing"])
  })

  it("starts an empty day at midnight, with the same people", () => {
    const yesterday = board([arrived(1, "08:10", { notice: "seen" }), member(2, { state: "", expected_at: null })])
    const shown = show(yesterday, [], [], present("00:01", 0, "2026-11-24"))
    expect([shown.date, shown.rolledOver]).toEqual(["2026-11-24", true])
    expect(tile(shown, 1)).toMatchObject({ state: "waiting", event: null, notice: null })
    expect(Date.parse(tile(shown, 1)?.expected_at ?? "")).toBe(Date.parse(at("08:30", "2026-11-24")))
    expect(shown.others.map(({ id }) => id)).toEqual([2])
  })

  it("leaves yesterday's taps out of today's tiles", () => {
    const shown = show(board([member(1)]), [], [tap(1, "arrived", "16:00")], present("00:01", 0, "2026-11-24"))
    expect(tile(shown, 1)?.state).toBe("waiting")
  })
})

it("keeps each face in its place, whenever it is expected and whatever happens to it", () => {
  const members = [
    member(5),
    member(2, { expected_at: at("09:00") }),
    member(3),
    arrived(1, "08:00", { expected_at: null }),
  ]
  expect(show(board(members), [], [], present("08:00")).members.map(({ id }) => id)).toEqual([1, 2, 3, 5])
})
