import { mount, type VueWrapper } from "@vue/test-utils"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { createMemoryHistory, createRouter, type Router } from "vue-router"
import { forgetEverything } from "@/api/db"
import { me } from "@/api/session"
import { fakeServer, OFFLINE } from "@/api/test/fakeServer"
import type { Me } from "@/api/types"
import { current } from "@/ui/toast"
import PlanPage from "./PlanPage.vue"
import { at, calendar, DAY, sunshine } from "./testing"

const TEMPLATES = [
  {
    therapy: "farm",
    title: "采摘青菜",
    place: "菜园",
    minutes: 50,
    starts_at: "10:10:00",
    materials: "篮子",
    note: "",
  },
  { therapy: "work", title: "串珠", place: "", minutes: 60, starts_at: "14:00:00", materials: "", note: "" },
]
const FACES = [1, 2].map((id) => ({ id, name: `成员${id}`, short_name: `${id}`, avatar: { text: "成", colour: id } }))
let conflicts: string[]
let down: boolean
let sent: { id: string; [fact: string]: unknown }[]
let page: VueWrapper
let router: Router

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
  conflicts = []
  down = false
  sent = []
  fakeServer(({ method, path, body }) => {
    if (path.endsWith("templates")) return TEMPLATES
    if (path.endsWith("posts")) return [{ id: 5, title: "陆老师", role: "carer", has_pin: false }]
    if (path.endsWith("groups")) return [{ id: 3, name: "合唱队", members: [1] }]
    if (path.endsWith("members")) return { items: FACES, next: null }
    if (method === "GET") return calendar([{ open: false, kind: "holiday", name: "国庆节" }], [])
    sent.push(body as (typeof sent)[number])
    return down ? OFFLINE : { activity: "a", sessions: [1], conflicts }
  })
})
afterEach(() => {
  page.unmount()
  vi.useRealTimers()
})

async function open(path = `/calendar/plan?day=${DAY}`) {
  const routes = [
    { path: "/calendar/plan", component: PlanPage },
    { path: "/:rest(.*)*", component: { render: () => null } },
  ]
  router = createRouter({ history: createMemoryHistory(), routes })
  await router.push(path)
  page = mount(PlanPage, { global: { plugins: [router] }, attachTo: document.body })
}
const shows = (words: string) => vi.waitFor(() => expect(page.text()).toContain(words))
async function tap(words: string) {
  const found = () => page.findAll("button").find((each) => each.text().includes(words))
  await vi.waitFor(() => expect(found()).toBeTruthy())
  await found()?.trigger("click")
}
async function save() {
  await vi.waitFor(() => expect(page.find("form").exists()).toBe(true))
  await page.get("form").trigger("submit")
}
const field = (label: string) => {
  const named = page.findAll("label").find((each) => each.text() === label)
  return page.get(`[id="${named?.attributes("for")}"]`)
}
const choose = (label: string, on = true) =>
  page
    .findAll("label")
    .find((each) => each.text() === label)
    ?.get("input")
    .setValue(on)

it("plans from a template in two taps, led by who plans it, and leads back to its day", async () => {
  await open()
  await tap("采摘青菜")
  await shows("国庆节放假")
  expect(page.text()).not.toContain("这个时间已经过了")
  await save()
  await vi.waitFor(() => expect(router.currentRoute.value.fullPath).toBe(`/calendar?day=${DAY}`))
  expect(current.value?.text).toBe("采摘青菜排好了：今天 11月25日 周三 10:10")
  expect(sent).toEqual([
    {
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      home: 1,
      therapy: "farm",
      title: "采摘青菜",
      place: "菜园",
      leader: 5,
      audience: "all",
      group: null,
      members: [],
      materials: "篮子",
      note: "",
      starts_on: DAY,
      starts_at: "10:10",
      minutes: 50,
      rule: "",
    },
  ])
})

it("says when that time has gone by, and plans it all the same", async () => {
  await open()
  await tap("采摘青菜")
  await shows("做什么")
  await field("几点开始").setValue("07:30")
  await shows("这个时间已经过了")
})

it("says what is missing before it asks the server", async () => {
  await open(`/calendar/plan?day=${DAY}&of=blank`)
  await shows("做什么")
  await choose("每周")
  await choose("周三", false)
  await choose("点名")
  await save()
  await shows("请写做什么")
  await shows("请选星期几。")
  await shows("请至少点一位。")
  expect(sent).toEqual([])
})

it("repeats on the chosen weekdays for those who were named", async () => {
  await open()
  await tap("串珠")
  await shows("做什么")
  await choose("隔周")
  await tap("周一到周五")
  await field("排到哪天为止（不填就一直排）").setValue("2026-12-31")
  await choose("点名")
  await shows("成员2")
  await choose("成成员2")
  await save()
  await vi.waitFor(() => expect(sent).toHaveLength(1))
  expect(sent[0]).toMatchObject({
    rule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR;UNTIL=20261231",
    audience: "named",
    members: [2],
  })
})

it("says what it meets, and has planned it all the same", async () => {
  conflicts = ["11月25日 10:10，菜园里还有“浇水”。"]
  await open()
  await tap("采摘青菜")
  await save()
  await shows("采摘青菜排好了")
  await shows("菜园里还有“浇水”")
  await tap("知道了")
  await vi.waitFor(() => expect(router.currentRoute.value.path).toBe("/calendar"))
})

it("keeps what was written when nobody answers, and a second try is the same plan", async () => {
  down = true
  await open()
  await tap("采摘青菜")
  await shows("做什么")
  await field("地点").setValue("后院")
  await save()
  await shows("没有成：网络断开了")
  down = false
  await save()
  await vi.waitFor(() => expect(sent).toHaveLength(2))
  expect(sent[1]).toEqual(sent[0])
  expect(sent[0]?.place).toBe("后院")
})

it("is for staff", async () => {
  me.value = { ...me.value, posts: [] } as unknown as Me
  await open()
  await shows("只有家园的老师能排活动")
})
