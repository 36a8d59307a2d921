import { describe, expect, it } from "vitest"
import { age, hhmm, short, spoken, when } from "./dates"

const NOW = "2026-11-23T09:30:00+08:00" // a Monday

describe("dates as people say them", () => {
  it.each([
    ["2026-11-23T08:12:00+08:00", "今天 08:12"],
    ["2026-11-22T16:31:00+08:00", "昨天 16:31"],
    ["2026-11-21T09:00:00+08:00", "周六 09:00"],
    ["2026-11-16T09:00:00+08:00", "11月16日 09:00"],
    ["2025-12-31T23:59:00+08:00", "2025年12月31日 23:59"],
    ["2026-11-24T07:00:00+08:00", "明天 07:00"],
  ])("%s is %s", (moment, words) => {
    expect(when(moment, NOW)).toBe(words)
  })

  it("means the Homes' day, wherever the phone thinks it is", () => {
    // 17:00 UTC on the 22nd is already the 23rd in Jiaxing.
    expect(when("2026-11-22T17:00:00Z", NOW)).toBe("今天 01:00")
    expect(hhmm("2026-11-22T16:00:00Z")).toBe("00:00")
  })

  it("shows the time for today and the day for what is older", () => {
    expect(short("2026-11-23T08:12:00+08:00", NOW)).toBe("08:12")
    expect(short("2026-11-22T08:12:00+08:00", NOW)).toBe("昨天")
  })

  it("tells how old something is", () => {
    expect(age("2026-11-23T09:29:40+08:00", NOW)).toBe("刚刚")
    expect(age("2026-11-23T09:25:00+08:00", NOW)).toBe("5 分钟前")
    expect(age("2026-11-23T08:12:00+08:00", NOW)).toBe("今天 08:12")
  })
})

describe("a time said aloud", () => {
  it.each([
    ["08:12", "早上 8 点 12 分"],
    ["16:30", "下午 4 点半"],
    ["10:00", "上午 10 点"],
    ["12:05", "中午 12 点 5 分"],
    ["00:27", "凌晨 0 点 27 分"],
    ["21:00", "晚上 9 点"],
  ])("%s is %s", (clock, words) => {
    expect(spoken(`2026-11-23T${clock}:00+08:00`)).toBe(words)
  })
})
