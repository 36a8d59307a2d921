import { mount, type VueWrapper } from "@vue/test-utils"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { createMemoryHistory, createRouter } from "vue-router"
import { forgetEverything } from "@/api/db"
import { me } from "@/api/session"
import { fakeServer, refusing } from "@/api/test/fakeServer"
import type { Me } from "@/api/types"
import ChangePage from "./ChangePage.vue"
import type { Session } from "./calendar"
import { at, calendar, DAY, session, sunshine } from "./testing"

const plan = { therapy: "farm", title: "采摘", minutes: 50, starts_at: "10:10:00", starts_on: "2026-11-02" }
const series = {
  ...plan,
  audience: "group",
  group: 3,
  materials: "篮子",
  rule: "FREQ=WEEKLY;BYDAY=WE",
} as Session["plan"]
let known: Session
let refused: Response | null
let sent: { path: string; body: Record<string, unknown> }[]
let page: VueWrapper

beforeEach(async () => {
  vi.useFakeTimers({ now: Date.parse(at("08:00")), toFake: ["Date"] })
  await forgetEverything()
  me.value = {
    id: Math.random(),
    relatives: [],
    posts: [{ id: 5, home: sunshine }],
    officer: [],
    organisations: [],
  } as unknown as Me
  known = session(7, { plan: series })
  refused = null
  sent = []
  fakeServer(({ method, path, body }) => {
    if (path.endsWith("posts")) return [{ id: 5, title: "陆老师", role: "carer", has_pin: false }]
    if (path.endsWith("groups")) return [{ id: 3, name: "合唱队", members: [1] }]
    if (path.endsWith("members")) return { items: [], next: null }
    if (path === "/api/calendar") return calendar([{}], [])
    if (method === "GET") return known
    sent.push({ path, body: body as Record<string, unknown> })
    return refused ?? { session: 7, activity: "a", sessions: [7], conflicts: ["陆老师还要带“浇水”。"] }
  })
})
afterEach(() => {
  page.unmount()
  vi.useRealTimers()
})

async function open() {
  const routes = [{ path: "/:rest(.*)*", component: { render: () => null } }]
  const router = createRouter({ history: createMemoryHistory(), routes })
  page = mount(ChangePage, { props: { id: 7 }, global: { plugins: [router] }, attachTo: document.body })
}
const shows = (words: string) => vi.waitFor(() => expect(page.text()).toContain(words))
const choose = (label: string) =>
  page
    .findAll("label")
    .find((each) => each.text() === label)
    ?.get("input")
    .setValue(true)

it("changes this one only, and says what it meets", async () => {
  await open()
  await shows("几点开始")
  await page.get("input[type=time]").setValue("14:00")
  await page.get("form").trigger("submit")
  await shows("改好了，今天的会告诉家属")
  await shows("陆老师还要带“浇水”。")
  expect(sent).toEqual([
    {
      path: "/api/calendar/sessions/7",
      body: { title: "采摘青菜", place: "菜园", note: "", leader: 5, minutes: 50, starts_at: at("14:00") },
    },
  ])
})

it("changes it and all that follow, with who takes part and how often", async () => {
  await open()
  await shows("几点开始")
  await choose("这场和以后的")
  await page.get("form").trigger("submit")
  await vi.waitFor(() => expect(sent).toHaveLength(1))
  const facts = { starts_on: DAY, starts_at: "10:10", audience: "group", group: 3, rule: "FREQ=WEEKLY;BYDAY=WE" }
  expect(sent[0]).toMatchObject({ path: "/api/calendar/sessions/7/following", body: { ...facts, materials: "篮子" } })
})

it("asks of what was planned once everything at once", async () => {
  known = { ...known, recurring: false }
  await open()
  await shows("几点开始")
  expect(page.text()).not.toContain("只改这一场")
  await page.get("form").trigger("submit")
  await vi.waitFor(() => expect(sent[0]?.path).toBe("/api/calendar/sessions/7/following"))
})

it("says what the server refused, at its field", async () => {
  refused = Response.json(
    { code: "invalid", message: "请选本家园的老师。", fields: { leader: "不是本家园的老师。" } },
    { status: 422 },
  )
  await open()
  await shows("几点开始")
  await page.get("form").trigger("submit")
  await shows("没有成：请选本家园的老师。")
  expect(page.get("select").attributes("aria-invalid")).toBe("true")
})

it("is too late for what is over, and not for families", async () => {
  known = { ...known, starts_at: at("06:00"), ends_at: at("07:00") }
  await open()
  await shows("这场已经结束，不能再改了")
  page.unmount()
  refused = refusing(404, "没有找到。")
  known = session(7, { plan: null })
  me.value = { ...me.value, id: Math.random() } as Me
  await open()
  await shows("只有家园的老师能改活动")
})
