import { flushPromises, mount } from "@vue/test-utils"
import { beforeEach, expect, it } from "vitest"
import { createMemoryHistory, createRouter } from "vue-router"
import { forgetEverything } from "@/api/db"
import { fakeServer } from "@/api/test/fakeServer"
import { at, NOW, signup } from "../testing"
import SignupCard from "./SignupCard.vue"
import type { Signup } from "./signups"

let asked: string[]
beforeEach(async () => {
  await forgetEverything()
  asked = fakeServer(({ path }) => (path.endsWith("/signups") ? { items: [], next: null } : signup())).asked
})

function open(changes: Partial<Signup> = {}, now = NOW, record?: { id: number; minutes: number; reason: string }) {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: "/:rest(.*)*", component: { render: () => null } }],
  })
  return mount(SignupCard, { props: { signup: signup(changes), now, record }, global: { plugins: [router] } })
}
const buttons = (page: ReturnType<typeof open>) =>
  page.findAll(".buttons button, .buttons a").map((each) => each.text())
const offer = { places: 1, expires_at: at("20:00", "2026-11-25") }

it.each([
  [{}, "已确认", ["来不了", "加到日历"]],
  [{ status: "waitlisted", position: 2 }, "候补第 2 位", ["退出候补", "换一个岗位"]],
  [{ status: "offered", offer }, "空位留给您，请在今天 20:00 前确认", ["确认，我来", "来不了"]],
  [{ status: "lapsed" }, "没有排上", []],
  [{ event: { ...signup().event, cancelled: true, reason: "下雨" } }, "活动取消了", []],
] as [Partial<Signup>, string, string[]][])("%o", (changes, tag, verbs) => {
  const page = open(changes)
  expect([page.get(".tag").text(), buttons(page)]).toEqual([tag, verbs])
})

it("asks 还来吗 a day before, and what is said stays said", () => {
  const near = NOW + 2 * 86_400_000
  expect(buttons(open({}, near))).toEqual(["还来，放心", "来不了", "加到日历"])
  expect(open({ coming: true }, near).text()).toContain("您说过还来")
})

it("leads, once it is over, to what remains of it; not without a place", () => {
  const after = NOW + 7 * 86_400_000
  const verbs = (changes: Partial<Signup>) =>
    open(changes, after)
      .findAll("button")
      .map((each) => each.text())
  expect(verbs({ begun: true })).toEqual(["看感谢和照片，说说感受"])
  expect(verbs({ begun: true, status: "lapsed" })).toEqual([])
})

it("says, once it is over, what was counted instead of that it is confirmed", () => {
  const after = NOW + 7 * 86_400_000
  const tag = (minutes: number) => open({ begun: true }, after, { id: 1, minutes, reason: "" }).get(".tag").text()
  expect([tag(117), tag(0), open({ begun: true }, after).get(".tag").text()]).toEqual([
    "记了 1 小时 57 分",
    "没有计时长",
    "结束了",
  ])
})

it("reads the waitlist's decision", () => {
  const explanation = "前面是向阳小学 6 人一组，空出 1 个名额坐不下，已为他们留到今天 20:00。"
  expect(open({ status: "waitlisted", position: 2, explanation }).text()).toContain(explanation)
})

it("says yes to an offer", async () => {
  const page = open({ status: "offered", offer })
  await page.get("button").trigger("click")
  await flushPromises()
  expect(asked[0]).toBe(`POST /api/signups/${signup().id}/confirmation`)
})
