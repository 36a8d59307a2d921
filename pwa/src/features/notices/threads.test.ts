import { describe, expect, it } from "vitest"
import type { Me } from "@/api/types"
import { notice } from "./testing"
import { threadsOf } from "./threads"

const home = { id: 1, name: "阳光家园", phone: "0573-82000001" }
const relatives = [
  { member: { id: 1, short_name: "志强" }, home },
  { member: { id: 2, short_name: "小芳" }, home },
]
const mother = { relatives, posts: [] } as unknown as Me
const teacher = { relatives: [], posts: [{ home: { ...home, area: "南湖区" } }] } as unknown as Me
const SEEN = "2026-11-23T08:13:00+08:00"

describe("conversations", () => {
  it("are there before the first notice, one per member and Home", () => {
    expect(threadsOf([], mother).map(({ key, title, unread }) => [key, title, unread])).toEqual([
      ["member:1:1", "阳光家园 · 志强", 0],
      ["member:2:1", "阳光家园 · 小芳", 0],
    ])
    expect(threadsOf([], teacher).map(({ key, title }) => [key, title])).toEqual([["home:1", "阳光家园"]])
  })

  it("count their own unread, the one with the newest notice first", () => {
    const list = [notice(3, { thread: "member:2:1" }), notice(2, { seen_at: SEEN }), notice(1)]
    expect(threadsOf(list, mother).map(({ key, unread, latest }) => [key, unread, latest?.seq])).toEqual([
      ["member:2:1", 1, 3],
      ["member:1:1", 1, 2],
    ])
  })

  it("include those of the app itself and of a Home they have left", () => {
    const list = [notice(2, { thread: "system" }), notice(1, { thread: "member:1:7" })]
    expect(
      threadsOf(list, mother)
        .map(({ title }) => title)
        .slice(0, 2),
    ).toEqual(["幸福驿站", "志强以前的家园"])
  })
})
