import { flushPromises } from "@vue/test-utils"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { forgetEverything } from "@/api/db"
import { me } from "@/api/session"
import { fakeServer } from "@/api/test/fakeServer"
import type { Me } from "@/api/types"
import { at, NOW } from "../testing"
import EventRecordsPage from "./EventRecordsPage.vue"
import RecordsPage from "./RecordsPage.vue"
import { clocksOf, pairsOf, spansOf } from "./records"
import { button, entire, entry, look, type Seen } from "./testing"

let page: Seen
let answer: (path: string, query: URLSearchParams) => unknown

beforeEach(async () => {
  await forgetEverything()
  vi.useFakeTimers({ now: NOW, toFake: ["Date"] })
  me.value = { id: Math.random(), posts: [], organisations: [], officer: [] } as unknown as Me
  fakeServer(({ path, query }) => answer(path, query))
})
afterEach(() => {
  page?.unmount()
  vi.useRealTimers()
})

const sums = { minutes: 150, times: 1, homes: 1 }
const years = [
  { year: 2026, ...sums },
  { year: 2025, ...sums },
]

it("reads a whole year, page by page, the newest first", async () => {
  const old = { ...entry, id: 1, title: "走得早", starts_at: at("09:00", "2026-03-03") }
  const last = { ...entry, minutes: 146, correcting: true }
  answer = (_path, query) =>
    query.get("after")
      ? { items: [last], next: null, years, organisations: [] }
      : { items: [old], next: "1", years, organisations: [] }
  page = await look(RecordsPage)
  const rows = page.findAll("a[href^='/service/records/']").map((each) => each.text())
  expect(rows).toEqual([
    "周六义诊11月28日 周六 · 阳光家园申请了更正，等答复2 小时 26 分",
    "走得早3月3日 周二 · 阳光家园不计时长",
  ])
  expect(page.get("a[href*='xlsx']").attributes("href")).toBe("/api/service-records/table?year=2026&format=xlsx")
})

it("goes back no further than there is a record", async () => {
  answer = () => ({ items: [], next: null, years, organisations: [] })
  page = await look(RecordsPage)
  expect(button(page, "看 2027 年")?.attributes("disabled")).toBeDefined()
  await button(page, "看 2025 年")?.trigger("click")
  await flushPromises()
  await vi.waitFor(() => expect(page.text()).toContain("2025 年还没有记录"))
  expect(button(page, "看 2024 年")?.attributes("disabled")).toBeDefined()
})

it("lists what an event gave each, with honours", async () => {
  const honoured = { ...entry, minutes: 146, honours: [{ id: 1, title: "暖心陪伴", given_on: "2026-11-28" }] }
  answer = (path) => (path.endsWith("/service-records") ? [honoured] : new Response(null, { status: 404 }))
  page = await look(EventRecordsPage, { id: entry.event })
  expect(page.text()).toContain("1 条 · 一共 2 小时 26 分")
  expect(page.text()).toContain("徐明陪伴散步 · 表彰：暖心陪伴")
})

it("says when there will be records", async () => {
  answer = () => new Response(null, { status: 404 })
  page = await look(EventRecordsPage, { id: "019a0000-0000-7000-8000-000000000077" })
  expect(page.text()).toContain("活动结束一小时后")
})

const tap = (kind: "in" | "out", clock: string) => ({ kind, at: at(clock), way: "扫码" })

it.each([
  [[], [], [{ from: "09:00", to: "11:30" }]],
  [[tap("in", "09:02")], ["09:02–没有签退"], [{ from: "09:02", to: "" }]],
  [
    [tap("in", "09:02"), tap("in", "09:05"), tap("out", "10:00"), tap("out", "10:05"), tap("in", "10:30")],
    ["09:02–10:00", "10:30–没有签退"],
    [
      { from: "09:02", to: "10:00" },
      { from: "10:30", to: "" },
    ],
  ],
])("pairs the taps %o", (taps, spans, clocks) => {
  expect([spansOf(taps), clocksOf(entire({ taps }))]).toEqual([spans, clocks])
})

it("takes a time after midnight for the next day", () => {
  const night = entire({ earliest: at("20:00"), latest: at("01:30", "2026-11-29") })
  expect(pairsOf([{ from: "21:00", to: "00:30" }], night)).toEqual([
    { start: at("21:00"), end: at("00:30", "2026-11-29") },
  ])
})
