import { expect, it } from "vitest"
import { linesOf } from "@/ui/lazy/drawing"
import { at, event, shift } from "../testing"
import { emptyPlan, formOf, planOf } from "./plan"

it("sends back an event as it came", () => {
  const was = event({ shifts: [shift(1, { starts_at: at("09:00"), ends_at: at("11:30") }), shift(2)] })
  const plan = planOf(formOf(was), was)
  expect(plan).toMatchObject({
    title: was.title,
    starts_at: at("09:00"),
    ends_at: at("11:30"),
    contact: 5,
    cancel_until: was.cancel_until,
  })
  const shifts = typeof plan === "string" ? [] : plan.shifts
  // Without times of its own, a shift goes wherever its event goes.
  expect(shifts.map(({ id, ends_at }) => [id, ends_at])).toEqual([
    [1, null],
    [2, at("10:30")],
  ])
})

it("lets the deadlines follow an event that moves", () => {
  const form = formOf(event())
  expect(planOf({ ...form, times: { ...form.times, day: "2026-12-05" } }, event())).toMatchObject({
    cancel_until: null,
    signup_closes_at: null,
  })
})

it.each([
  [{ title: " " }, "请写活动叫什么。"],
  [{ times: { day: "", from: "09:00", to: "11:00" } }, "请选哪一天、几点到几点。"],
  [{ times: { day: "2026-11-28", from: "11:00", to: "09:00" } }, "请选哪一天、几点到几点。"],
  [{ shifts: [{ ...formOf(event()).shifts[0], title: "" }] }, "请给每个岗位写个名字。"],
] as const)("says what is missing: %o", (changes, words) => {
  expect(planOf({ ...emptyPlan(), ...formOf(event()), ...(changes as object) }, null)).toBe(words)
})

it("breaks the share card's lines where they end", () => {
  expect(linesOf("周六义诊与陪伴日", 4, (words) => words.length)).toEqual(["周六义诊", "与陪伴日"])
})
