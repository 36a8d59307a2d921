import { flushPromises, mount, type VueWrapper } from "@vue/test-utils"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { createMemoryHistory, createRouter } from "vue-router"
import { forgetEverything } from "@/api/db"
import { me } from "@/api/session"
import { fakeServer, refusing } from "@/api/test/fakeServer"
import type { Me } from "@/api/types"
import type { Event } from "../events/events"
import { profile as known } from "../profile/profile"
import { event, profile, shift } from "../testing"
import SignUp from "./SignUp.vue"

const organisation = { id: 9, name: "供电所党支部", kind: "party", verified: true, role: "coordinator" }
let mine: object | null
let sent: { path: string; body: Record<string, unknown> }[]
let answer: unknown
let page: VueWrapper

beforeEach(async () => {
  await forgetEverything()
  me.value = {
    id: Math.random(),
    name: "徐明",
    relatives: [],
    posts: [],
    officer: [],
    organisations: [],
  } as unknown as Me
  mine = profile()
  sent = []
  answer = { id: "s1", status: "confirmed", position: null, collisions: [] }
  HTMLDialogElement.prototype.showModal = function show() {
    this.open = true
  }
  HTMLDialogElement.prototype.close = function close() {
    this.open = false
  }
  fakeServer(({ method, path, body }) => {
    if (method === "PUT") mine = profile()
    if (path === "/api/me/volunteer") return { profile: mine }
    if (path === "/api/me") return me.value
    if (method !== "POST") return event()
    sent.push({ path, body: body as Record<string, unknown> })
    return answer
  })
})
afterEach(() => page.unmount())

async function open(visit: Event = event()) {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: "/:rest(.*)*", component: { render: () => null } }],
  })
  page = mount(SignUp, { props: { event: visit }, global: { plugins: [router] }, attachTo: document.body })
  await vi.waitFor(() => expect(known().data.value).not.toBeNull())
}

async function choose(words: string) {
  const label = page.findAll("label.entry").find((each) => each.text().includes(words))
  await label?.get("input").trigger("change")
}

const button = (words: string) => page.findAll("button").find((each) => each.text().includes(words))
const press = async (words: string) => {
  await button(words)?.trigger("click")
  await flushPromises()
}

it("signs one person up, and says what comes next", async () => {
  await open()
  await choose("陪伴散步")
  await press("确认报名")
  expect(sent.map(({ body }) => body)).toMatchObject([{ shift: 1, companions: 0, organisation: null }])
  expect(page.text()).toContain("报名成功")
  expect(page.text()).toContain("请带：平底鞋")
  expect(page.text()).toContain("到了找陆老师。")
})

it("sends the same again under the same id, and another wish under another", async () => {
  answer = refusing(503, "人多排队中。")
  await open()
  await choose("陪伴散步")
  await press("确认报名")
  expect(page.get("[role=alert]").text()).toBe("人多排队中。")
  await press("确认报名")
  await choose("带人一起来")
  await press("确认报名")
  const ids = sent.map(({ body }) => body.id)
  expect([ids[0] === ids[1], ids[1] === ids[2], sent[2]?.body.companions]).toEqual([true, false, 1])
})

it("asks newcomers who they are, and goes on by itself", async () => {
  mine = null
  await open()
  await choose("陪伴散步")
  await press("确认报名")
  expect(sent).toEqual([])
  expect(page.text()).toContain("第一次报名，先认识一下")
  await page.get("dialog select").setValue("adult")
  await page.get("dialog .agree input").setValue(true)
  await page.get("dialog form").trigger("submit")
  await vi.waitFor(() => expect(sent.map(({ path }) => path)).toEqual([`/api/service-events/${event().id}/signups`]))
})

it("takes no tap for what this person may not do, and says why", async () => {
  await open(event({ shifts: [shift(1, { skill: "music" })] }))
  await choose("陪伴散步")
  expect(page.text()).toContain("这个岗位需要会乐器")
  await press("确认报名")
  expect(sent).toEqual([])
})

it("says what else is at that time, and that one waits", async () => {
  await open(event({ shifts: [shift(1, { free: 0, collisions: ["09:00–10:00 您还报了秋阳家园的“理发”。"] })] }))
  await choose("陪伴散步")
  expect(page.text()).toContain("时间碰上了：09:00–10:00 您还报了秋阳家园的“理发”。")
  answer = { id: "s1", status: "waitlisted", position: 2, collisions: [] }
  await press("排候补")
  expect(page.text()).toContain("已排进候补，第 2 位")
})

it("holds places for a verified organisation", async () => {
  me.value = {
    ...(me.value as Me),
    organisations: [organisation, { ...organisation, id: 10, name: "向阳小学", verified: false }],
  } as Me
  answer = { id: "b1", status: "held", held: 5, link: "http://home.test/v/seat/x", names_due_at: null }
  await open()
  await choose("陪伴散步")
  expect(page.text()).not.toContain("向阳小学")
  await choose("供电所党支部")
  await press("占 5 个名额")
  expect(sent).toMatchObject([
    { path: `/api/service-events/${event().id}/group-bookings`, body: { organisation: 9, places: 5, minimum: 1 } },
  ])
  expect(page.text()).toContain("占好了 5 个名额")
})
