import { describe, expect, it } from "vitest"
import { at, event, NOW, profile, shift } from "../testing"
import { lengthOf, minutesOf, timeOf } from "../words"
import { asksOf, lacks, standingOf } from "./events"

describe("what a shift says at its end", () => {
  it.each([
    [{ free: 3 }, {}, "余 3", "good"],
    [{ free: 0 }, {}, "已满 · 可候补", "amber"],
    [{ free: 0, waitlist: 2 }, {}, "候补 2 人", "amber"],
    [{ free: 3 }, { takes_names: false }, "报名已截止", "plain"],
    [{ mine: { id: "x", status: "confirmed" } }, {}, "已报名", "good"],
    [{ mine: { id: "x", status: "offered" } }, { takes_names: false }, "空位留给您", "amber"],
    [{ mine: { id: "x", status: "cancelled" } }, {}, "余 3", "good"],
  ] as const)("%o %o: %s", (one, visit, words, tone) => {
    expect(standingOf(shift(1, one), event(visit))).toEqual({ words, tone })
  })
})

it("says whom a shift asks for", () => {
  expect(asksOf(shift(1, { skill: "music", credential: "medical", minimum_age: 18 }))).toEqual([
    "需要会乐器",
    "需要医护证",
    "满 18 岁",
  ])
})

describe("what this person lacks, before the tap", () => {
  const paper = (state: "shown" | "checked", valid_until = "2030-01-01") => {
    const home = { id: 1, name: "阳光家园", address: "", phone: "" }
    return profile({ credentials: [{ id: 1, kind: "medical", valid_until, home, state, reason: "" }] })
  }
  it.each([
    [{ skill: "music" }, profile(), "需要会乐器"],
    [{ skill: "music" }, profile({ skills: ["music"] }), ""],
    [{ minimum_age: 18 }, profile({ age_group: "teen" }), "要满 18 岁"],
    [{ minimum_age: 18 }, profile({ age_group: "senior" }), ""],
    [{ credential: "medical" }, paper("shown"), "需要医护证"],
    [{ credential: "medical" }, paper("checked"), ""],
    [{ credential: "medical" }, paper("checked", "2026-11-28"), ""],
    [{ credential: "medical" }, paper("checked", "2026-11-27"), "那天已经过期"],
    [{ skill: "music" }, null, ""],
  ] as const)("%o", (one, who, words) => {
    expect(lacks(shift(1, one), who)).toMatch(words === "" ? /^$/ : new RegExp(words))
  })
})

it.each([
  [{ starts_at: at("09:00"), ends_at: at("11:30") }, "11月28日 周六 09:00–11:30", "2.5 小时"],
  [
    { starts_at: at("14:00", "2026-11-26"), ends_at: at("14:40", "2026-11-26") },
    "明天 11月26日 周四 14:00–14:40",
    "40 分钟",
  ],
  [
    { starts_at: at("09:00", "2027-01-02"), ends_at: at("11:00", "2027-01-02") },
    "2027年1月2日 周六 09:00–11:00",
    "2 小时",
  ],
])("says times as people do", (times, time, length) => {
  expect([timeOf(times, NOW), lengthOf(times)]).toEqual([time, length])
})

it.each([
  [0, "0 分"],
  [45, "45 分"],
  [120, "2 小时"],
  [1050, "17 小时 30 分"],
])("%i minutes", (minutes, words) => {
  expect(minutesOf(minutes)).toBe(words)
})
