import { flushPromises } from "@vue/test-utils"
import { afterEach, beforeEach, expect, it } from "vitest"
import { forgetEverything } from "@/api/db"
import { me } from "@/api/session"
import { fakeServer } from "@/api/test/fakeServer"
import type { Me } from "@/api/types"
import RulesPage from "./RulesPage.vue"
import { type Rules, sentencesOf } from "./rules"
import { button, look, type Seen } from "./testing"

const usual: Rules = {
  area: "嘉兴市",
  issuer: "嘉兴市残疾人联合会",
  least_percent: 60,
  pairs_a_day: 3,
  grace: 10,
  unit: 1,
  meals: [{ start: "11:30:00", end: "12:30:00" }],
  opens_before: 60,
  closes_after: 60,
  corrected_within: 30,
  since: null,
  changes: false,
}
let rules: Rules
let asked: string[]
let sent: unknown[]
let page: Seen

beforeEach(async () => {
  await forgetEverything()
  me.value = { id: Math.random(), posts: [], organisations: [], officer: [] } as unknown as Me
  rules = usual
  sent = []
  asked = fakeServer(({ method, body }) => {
    if (method === "PUT") {
      sent.push(body)
      rules = { ...rules, ...(body as Rules), since: "2026-11-25T02:00:00Z" }
    }
    return rules
  }).asked
})
afterEach(() => page.unmount())

const show = async (props = {}) => {
  page = await look(RulesPage, props)
}
const press = async (words: string) => {
  await button(page, words)?.trigger("click")
  await flushPromises()
}
const field = (label: string) => {
  const found = page.findAll("label").find((each) => each.text() === label)
  return page.get<HTMLInputElement>(`[id="${found?.attributes("for")}"]`)
}

it("tells everybody in plain words, of the Home that was asked for", async () => {
  await show({ home: 5 })
  expect(asked[0]).toBe("GET /api/service-rules?home=5")
  for (const words of [
    "至少要满计划时长的 60%",
    "每人每天最多算 3 次进出",
    "吃饭时间 11:30–12:30 不算",
    "嘉兴市残疾人联合会",
  ])
    expect(page.text()).toContain(words)
  expect([page.text().includes("一直按各地通行的办法算"), button(page, "改这些数字")]).toEqual([true, undefined])
})

it("says nothing of limits that are not set", () => {
  const free = sentencesOf({ ...usual, least_percent: 0, grace: 0, meals: [], unit: 30 }).map(({ title }) => title)
  expect(free).toContain("来多久算多久")
  expect(free).toContain("迟到一分钟也会记下来")
  expect(free).toContain("吃饭时间也算")
  expect(free).toContain("每满 30 分钟算一次")
})

it("lets the officer change the numbers within their limits, from now on", async () => {
  rules = { ...usual, changes: true }
  await show()
  await press("改这些数字")
  await field("至少要满计划时长的百分之几").setValue("101")
  await page.get("form").trigger("submit")
  await flushPromises()
  expect(sent).toEqual([])
  expect(page.get("[role=alert]").text()).toBe("请填 0 到 100 之间的整数。")
  await field("至少要满计划时长的百分之几").setValue("80")
  await press("去掉 11:30 到 12:30")
  await page.get("form").trigger("submit")
  await flushPromises()
  expect(sent).toMatchObject([{ least_percent: 80, meals: [], pairs_a_day: 3, issuer: "嘉兴市残疾人联合会" }])
  expect(page.text()).toContain("至少要满计划时长的 80%")
  expect(page.text()).toContain("起按这个算。以前记好的时长不变。")
})

it("keeps the numbers of who only looked", async () => {
  rules = { ...usual, changes: true }
  await show()
  await press("改这些数字")
  await press("不改了")
  expect([sent, page.text().includes("至少要满计划时长的 60%")]).toEqual([[], true])
})
