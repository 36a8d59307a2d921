import { mount, type VueWrapper } from "@vue/test-utils"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { createMemoryHistory, createRouter } from "vue-router"
import { forgetEverything, remember } from "@/api/db"
import { me } from "@/api/session"
import { fakeServer, OFFLINE, refusing } from "@/api/test/fakeServer"
import type { Me } from "@/api/types"
import SessionPage from "./SessionPage.vue"
import { at, session, sunshine } from "./testing"

const member = { id: 1, name: "沈志强", short_name: "志强", avatar: { text: "志", colour: 0, photo: null } }
const harvest = session(7, {
  materials: "篮子、手套",
  note: "中午食堂就吃它",
  mine: [{ member: 1, meant: true, state: "left_early" }],
  result: { baskets: 2, pieces: 186, rank: 1, text: "大丰收" },
})
let answer: unknown
let photos: unknown
let page: VueWrapper

beforeEach(async () => {
  vi.useFakeTimers({ now: Date.parse(at("10:30")), toFake: ["Date"] })
  await forgetEverything()
  me.value = {
    id: Math.random(),
    relatives: [{ member, home: sunshine }],
    posts: [],
    officer: [],
    organisations: [],
  } as unknown as Me
  answer = harvest
  photos = [{ session: 7, photos: 6 }]
  fakeServer(({ path }) => (path === "/api/moments/sessions" ? photos : answer))
})
afterEach(() => {
  page.unmount()
  vi.useRealTimers()
})

function open() {
  const routes = [{ path: "/:rest(.*)*", component: { render: () => null } }]
  const router = createRouter({ history: createMemoryHistory(), routes })
  page = mount(SessionPage, { props: { id: 7 }, global: { plugins: [router] }, attachTo: document.body })
}
const shows = (words: string) => vi.waitFor(() => expect(page.text()).toContain(words))

it("tells all of one session, and hands it to the phone's own calendar", async () => {
  open()
  await shows("采摘青菜")
  for (const words of [
    "农疗",
    "正在进行",
    "今天 11月25日 周三",
    "10:10–11:00",
    "志强提前离开了",
    "菜园",
    "陆老师",
    "篮子、手套",
    "中午食堂就吃它",
    "2 筐 · 186 件 · 第 1 名 · 大丰收",
  ])
    expect(page.text()).toContain(words)
  const leads = page.findAll("a").map((each) => each.attributes("href"))
  expect(leads).toEqual(["/moments?session=7", "/api/calendar/sessions/7/file"])
})

it("says how many photos there are of it, and when there are none yet", async () => {
  open()
  await shows("这场活动的照片6 张")
  page.unmount()
  me.value = { ...(me.value as Me), id: Math.random() }
  photos = []
  open()
  await shows("这场活动的照片还没有")
})

it("says that it was cancelled and why, and offers it to no calendar", async () => {
  answer = { ...harvest, state: "cancelled", reason: "下雨" }
  open()
  await shows("这一场取消了。原因：下雨。")
  expect(page.get("s").text()).toBe("采摘青菜")
  expect(page.find("a").exists()).toBe(false)
})

it("opens without a network from what this phone remembers", async () => {
  await remember("session:7", harvest, Date.parse(at("08:00")))
  answer = OFFLINE
  open()
  await shows("采摘青菜")
  await shows("这是今天 08:00的情况")
})

it("shows nothing from memory of what is no longer there", async () => {
  await remember("session:7", harvest)
  answer = refusing(404, "没有找到。")
  open()
  await shows("没有找到。")
  expect(page.text()).not.toContain("采摘青菜")
})
