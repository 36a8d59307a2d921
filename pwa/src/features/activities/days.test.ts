import { describe, expect, it } from "vitest"
import { dayIn, dayTitle, festivalOf, lunarName, monthOf, monthsOn, weekName, weekOf } from "./days"

describe("weeks and months", () => {
  it("begin on Monday, over the year's end, too", () => {
    expect(weekOf("2027-01-01")).toEqual([
      "2026-12-28",
      "2026-12-29",
      "2026-12-30",
      "2026-12-31",
      "2027-01-01",
      "2027-01-02",
      "2027-01-03",
    ])
    expect(weekName("2026-11-25")).toBe("11月23日–29日")
    expect(weekName("2026-12-01")).toBe("11月30日–12月6日")
  })

  it.each([
    ["2026-11-25", "2026-10-26", "2026-12-06", 42],
    ["2027-02-10", "2027-02-01", "2027-02-28", 28],
    ["2026-12-31", "2026-11-30", "2027-01-03", 35],
  ])("%s is shown in whole weeks", (day, first, last, length) => {
    const days = monthOf(day)
    expect([days[0], days.at(-1), days.length]).toEqual([first, last, length])
  })

  it("go on by the month, and stop at its last day", () => {
    expect(monthsOn("2026-01-31", 1)).toBe("2026-02-28")
    expect(monthsOn("2026-12-25", 1)).toBe("2027-01-25")
    expect(monthsOn("2026-01-25", -1)).toBe("2025-12-25")
  })

  it("come from an address only if they are days", () => {
    expect(["2026-11-25", "2026-02-30", "2026-13-01", "tomorrow", undefined, "1026-01-01"].map(dayIn)).toEqual([
      "2026-11-25",
      null,
      null,
      null,
      null,
      null,
    ])
  })

  it("are told as people say them", () => {
    expect(dayTitle("2026-11-25", "2026-11-25")).toBe("今天 11月25日 周三")
    expect(dayTitle("2026-11-26", "2026-11-25")).toBe("明天 11月26日 周四")
    expect(dayTitle("2026-11-29", "2026-11-25")).toBe("11月29日 周日")
  })
})

describe("the Chinese calendar", () => {
  it.each([
    ["2026-02-16", "除夕"],
    ["2026-02-17", "春节"],
    ["2027-02-05", "除夕"],
    ["2027-02-06", "春节"],
    ["2027-02-07", ""],
    ["2027-02-20", "元宵节"],
    ["2026-03-03", "元宵节"],
    ["2026-06-19", "端午节"],
    ["2025-08-29", "七夕节"],
    ["2026-09-25", "中秋节"],
    ["2026-10-18", "重阳节"],
    ["2026-01-26", "腊八节"],
    ["2026-11-25", ""],
  ])("%s is %s", (day, name) => {
    expect(festivalOf(day)).toBe(name)
  })

  it.each([
    ["2026-02-17", "农历正月初一"],
    ["2026-09-25", "农历八月十五"],
    ["2026-11-18", "农历十月初十"],
    ["2026-11-28", "农历十月二十"],
    ["2025-07-25", "农历闰六月初一"],
    ["2027-03-07", "农历正月三十"],
    ["2027-03-08", "农历二月初一"],
  ])("%s is %s", (day, name) => {
    expect(lunarName(day)).toBe(name)
  })

  it("has no festival twice in a leap month", () => {
    // 2025 had a second sixth month, 2028 will have a second fifth: its 端午 comes once.
    expect(["2028-05-28", "2028-06-27"].map(festivalOf)).toEqual(["端午节", ""])
  })
})
