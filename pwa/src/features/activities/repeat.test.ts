import { describe, expect, it } from "vitest"
import { firstOn, repeatOf, ruleOf } from "./repeat"

const WEDNESDAY = "2026-11-25"

describe("how often", () => {
  it.each([
    ["", "once", [2], ""],
    ["FREQ=WEEKLY;BYDAY=MO,WE,FR", "weekly", [0, 2, 4], ""],
    ["FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20261231", "biweekly", [1], "2026-12-31"],
    ["FREQ=WEEKLY;BYDAY=SU", "weekly", [6], ""],
    ["FREQ=MONTHLY;BYDAY=-1FR", "kept", [2], ""],
    ["FREQ=WEEKLY;INTERVAL=3;BYDAY=MO", "kept", [2], ""],
  ])("%s is asked as %s, and said again the same", (rule, how, days, until) => {
    const repeat = repeatOf(rule, WEDNESDAY)
    expect(repeat).toMatchObject({ how, days, until })
    expect(ruleOf(repeat)).toBe(rule)
  })

  it("is said in the order of the week, whatever was tapped first", () => {
    const repeat = { ...repeatOf("", WEDNESDAY), how: "weekly" as const, days: [4, 0] }
    expect(ruleOf(repeat)).toBe("FREQ=WEEKLY;BYDAY=MO,FR")
  })

  it.each([
    [[2], WEDNESDAY],
    [[0, 4], "2026-11-27"],
    [[0, 1], "2026-11-30"],
  ])("on %o begins on %s", (days, first) => {
    expect(firstOn(WEDNESDAY, days)).toBe(first)
  })
})
