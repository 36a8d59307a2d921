import { describe, expect, it } from "vitest"
import type { DayCard } from "@/api/types"
import { asOf, mayAskLeave, mayWithdraw, rowOf, rowsOf, statusOf, stepsOf } from "./status"

const at = (clock: string) => `2026-11-23T${clock}:00+08:00`
const NOW = at("09:30")

function day(changes: Partial<DayCard> = {}): DayCard {
  return {
    member: { id: 1, name: "沈志强", short_name: "志强", avatar: { text: "志", colour: 0, photo: null } },
    home: { id: 1, name: "阳光家园", phone: "0573-82000001" },
    date: "2026-11-23",
    open: true,
    state: "waiting",
    since: null,
    by: "",
    mode: "",
    arrived_at: null,
    expected_at: at("08:30"),
    departs_at: at("16:30"),
    unsigned: false,
    leave: null,
    notice: null,
    now: null,
    next: null,
    sessions: [],
    pick_up: null,
    timeline: [],
    ...changes,
  }
}

const here: Partial<DayCard> = { state: "present", since: at("08:12"), arrived_at: at("08:12"), by: "陆老师" }
const session = (id: number, title: string, from: string, to: string, mark: "left_early" | null = null) => ({
  id,
  therapy: "farm" as const,
  word: "农疗",
  title,
  place: "菜园",
  starts_at: at(from),
  ends_at: at(to),
  mark,
  photos: 0,
})
const garden = session(7, "采摘青菜", "09:10", "10:00")
const row = { at: at("08:12"), kind: "arrived", text: "陆老师接到", late: true, recorded_at: at("08:31") }

describe("the big word", () => {
  it.each<[Partial<DayCard>, string, string]>([
    [here, "已到家园", "good"],
    [{ state: "waiting" }, "还没到", "plain"],
    [{ state: "missing" }, "未到", "alert"],
    [{ state: "leave" }, "今天请假", "quiet"],
    [{ state: "departed", since: at("16:31"), mode: "relative" }, "已离开", "plain"],
    [{ state: "", open: true }, "今天不来", "quiet"],
    [{ state: "", open: false }, "今天不开门", "quiet"],
    [{ state: "waiting", open: false }, "今天不开门", "quiet"],
    [{ ...here, unsigned: true }, "没记下几点走", "amber"],
  ])("%o is %s", (changes, word, tone) => {
    expect(statusOf(day(changes), NOW)).toMatchObject({ word, tone })
  })

  it("does not pass yesterday's state for today's", () => {
    const yesterday = day({ ...here, date: "2026-11-22", since: "2026-11-22T08:12:00+08:00" })
    const status = statusOf(yesterday, NOW)
    expect(status.word).toBe("还不知道")
    expect(status.lines).toEqual(["这部手机还没收到今天的消息。", "最后知道的：昨天 08:12到了家园。"])
    expect(stepsOf(yesterday, NOW)).toEqual([])
  })
})

describe("the words below", () => {
  it("say who received the member", () => {
    expect(statusOf(day(here), NOW).lines).toEqual(["陆老师在门口接到。"])
    expect(statusOf(day(here), NOW).aloud).toEqual(["早上 8 点 12 分到的，陆老师接到了。", "平时下午 4 点半回家。"])
  })

  it("say that the member came back", () => {
    const back = day({ ...here, since: at("09:20") })
    expect(statusOf(back, NOW).lines).toEqual(["09:20 又回到家园，陆老师在门口接到。"])
  })

  it.each([
    ["relative", "家属来接的"],
    ["alone", "自己回家"],
    ["shuttle", "坐班车回家"],
    ["other", "其他人来接的"],
  ])("say how the member left: %s", (mode, words) => {
    const left = day({ state: "departed", since: at("16:31"), arrived_at: at("08:12"), mode, by: "陆老师" })
    expect(statusOf(left, NOW).lines).toEqual([`16:31 离开阳光家园，${words}。`])
  })

  it("are honest about delay", () => {
    expect(statusOf(day({ ...here, timeline: [row] }), NOW).lines).toContain("这条是 08:31 补发的。")
    expect(rowOf(row)).toBe("已到，陆老师接到（08:31 补发）")
    expect(rowOf({ ...row, late: false })).toBe("已到，陆老师接到")
    expect(rowOf({ ...row, kind: "departed", text: "离开", late: false })).toBe("已离开")
  })

  it("tell what to do when the member is not there", () => {
    expect(statusOf(day({ state: "missing" }), NOW).lines).toEqual([
      "过了 08:30 还没到，也没有请假。",
      "请打电话问问老师，不去的话点“请假”。",
    ])
  })
})

describe("the day as a line", () => {
  it("runs from arrival over now to going home", () => {
    expect(stepsOf(day(here), NOW)).toEqual([
      { label: "08:12 到", state: "done" },
      { label: "现在", state: "now" },
      { label: "16:30 回家", state: "next" },
    ])
  })

  it("has nothing filled before the member comes", () => {
    expect(stepsOf(day(), NOW).map(({ state }) => state)).toEqual(["next", "next"])
  })

  it("is complete once the member left", () => {
    const left = day({ state: "departed", arrived_at: at("08:12"), since: at("16:31") })
    expect(stepsOf(left, NOW).map(({ label }) => label)).toEqual(["08:12 到", "16:31 离开"])
  })

  it("is not drawn on leave or without times", () => {
    expect(stepsOf(day({ state: "leave" }), NOW)).toEqual([])
    expect(stepsOf(day({ expected_at: null, departs_at: null }), NOW)).toEqual([])
  })
})

describe("what the member is doing", () => {
  const busy = day({ ...here, sessions: [garden, session(8, "浇水", "13:30", "14:00")] })
  const now = (changes: Partial<DayCard>, clock: string) => stepsOf({ ...busy, ...changes }, at(clock))[1]?.label

  it("stands on the line and is said aloud, as long as it runs", () => {
    expect(now({}, "09:30")).toBe("农疗 · 现在")
    expect(statusOf(busy, NOW).aloud[1]).toBe("现在：农疗 采摘青菜。")
    expect(now({}, "10:00")).toBe("现在")
    expect(statusOf(busy, at("10:00")).aloud[1]).toBe("下午 1 点半：农疗 浇水。")
  })

  it("is nothing to say of who is not there or has left it early", () => {
    expect(now({ state: "missing", arrived_at: null }, "09:30")).toBe("16:30 回家")
    expect(now({ unsigned: true }, "09:30")).toBe("16:30 回家")
    expect(now({ sessions: [{ ...garden, mark: "left_early" }] }, "09:30")).toBe("现在")
  })

  it("is a list in the order of the clock", () => {
    const rows = rowsOf({ ...busy, timeline: [row] }, NOW)
    expect(rows.map(({ words, running, ahead }) => [words, running, ahead])).toEqual([
      ["已到，陆老师接到（08:31 补发）", false, false],
      ["采摘青菜", true, false],
      ["浇水", false, true],
    ])
    expect(rowsOf(busy, "2026-11-24T09:30:00+08:00")).toEqual([])
  })
})

describe("leave", () => {
  it("can be asked for who is due and has not come", () => {
    expect([day(), day({ state: "missing" })].every((each) => mayAskLeave(each, NOW))).toBe(true)
    expect([day(here), day({ state: "" }), day({ state: "leave" })].some((each) => mayAskLeave(each, NOW))).toBe(false)
    expect(mayAskLeave(day({ date: "2026-11-22" }), NOW)).toBe(false)
  })

  it("can be taken back", () => {
    expect(mayWithdraw(day({ state: "leave", leave: "an-id" }), NOW)).toBe(true)
    expect(mayWithdraw(day(), NOW)).toBe(false)
  })
})

it("says of when a remembered state is", () => {
  expect(asOf(Date.parse(at("08:40")), NOW)).toBe("08:40 的情况")
  expect(asOf(Date.parse("2026-11-22T16:31:00+08:00"), NOW)).toBe("昨天 16:31 的情况")
})
