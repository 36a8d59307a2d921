import { mount, type VueWrapper } from "@vue/test-utils"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { createMemoryHistory, createRouter, type Router, RouterView } from "vue-router"
import { forgetEverything } from "@/api/db"
import { me } from "@/api/session"
import { fakeServer, OFFLINE } from "@/api/test/fakeServer"
import type { Me } from "@/api/types"
import { afterwards } from "../testing"
import AskPage from "./AskPage.vue"
import type { Asked } from "./afterwards"

const ID = "019a0000-0000-7000-8000-000000000001"
const member = (id: number, name: string, liked: boolean | null = null): Asked => ({
  id,
  name: `沈${name}`,
  short_name: name,
  avatar: { text: name.slice(0, 1), colour: id, photo: null },
  liked,
})
let known: Asked[]
let starts_at: string
let down: boolean
let sent: [string, boolean | null][]
let page: VueWrapper
let router: Router

beforeEach(async () => {
  await forgetEverything()
  me.value = { id: Math.random(), relatives: [], posts: [], officer: [], organisations: [] } as unknown as Me
  known = [member(1, "志强"), member(2, "小芳"), member(3, "晓东")]
  starts_at = new Date().toISOString()
  down = false
  sent = []
  fakeServer(({ method, path, body }) => {
    if (down) return OFFLINE
    if (path.endsWith("/afterwards")) return afterwards({ starts_at })
    if (method === "GET") return known
    const id = Number(path.split("/").at(-1))
    const { liked } = body as { liked: boolean | null }
    sent.push([known.find((each) => each.id === id)?.short_name ?? "", liked])
    known = known.map((each) => (each.id === id ? { ...each, liked } : each))
    return undefined
  })
})
afterEach(() => page.unmount())

async function open() {
  const routes = [
    { path: "/service/:id/ask", component: AskPage, props: true },
    { path: "/:rest(.*)*", component: { render: () => null } },
  ]
  router = createRouter({ history: createMemoryHistory(), routes })
  await router.push(`/service/${ID}/ask`)
  page = mount(RouterView, { global: { plugins: [router] }, attachTo: document.body })
}
const shows = (words: string) => vi.waitFor(() => expect(page.text()).toContain(words))
const tap = async (words: string) =>
  page
    .findAll("button")
    .find((each) => each.text().startsWith(words))
    ?.trigger("click")
const name = () => page.find(".name").text()
const asks = (words: string) => vi.waitFor(() => expect(name()).toBe(words))

it("goes from one to the next, by the 小名, and thanks when all have said it", async () => {
  await open()
  await shows("今天的客人，你喜欢吗？")
  for (const [who, where, answer] of [
    ["志强", "第 1 位，一共 3 位", "喜欢"],
    ["小芳", "第 2 位，一共 3 位", "不喜欢"],
    ["晓东", "第 3 位，一共 3 位", "喜欢"],
  ] as const) {
    await asks(who)
    await shows(where)
    await tap(answer)
  }
  await shows("都问好了，谢谢大家！")
  expect(sent).toEqual([
    ["志强", true],
    ["小芳", false],
    ["晓东", true],
  ])
  expect(page.text()).not.toContain("沈")
})

it("begins with who has not been asked, and can skip, go back, and take back", async () => {
  known = [member(1, "志强", true), member(2, "小芳"), member(3, "晓东")]
  await open()
  await asks("小芳")
  await tap("上一位")
  await asks("志强")
  expect(page.get(".said").text()).toContain("刚才选的")
  await tap("不算了")
  await vi.waitFor(() => expect(page.find(".said").exists()).toBe(false))
  await tap("跳过")
  await asks("小芳")
  await tap("跳过")
  await asks("晓东")
  await tap("喜欢")
  await shows("还有 2 位没有说")
  expect(sent).toEqual([
    ["志强", null],
    ["晓东", true],
  ])
  await tap("接着问没说的")
  await asks("志强")
})

it("asks of last time's guests when it was not today", async () => {
  starts_at = "2026-11-21T09:00:00+08:00"
  await open()
  await shows("上次的客人，你喜欢吗？")
})

it("leads from the round back to each of them", async () => {
  known = [member(1, "志强", true), member(2, "小芳", false)]
  await open()
  await shows("都问好了")
  expect(page.findAll("li").map((each) => each.text())).toEqual(["志志强喜欢", "小小芳不喜欢"])
  await page.findAll("li button")[1]?.trigger("click")
  await asks("小芳")
})

it("stays with the member when it could not be written down", async () => {
  await open()
  await asks("志强")
  down = true
  await tap("喜欢")
  await shows("没有记上：网络断开了")
  await asks("志强")
  down = false
  await tap("喜欢")
  await asks("小芳")
})

it("leads nowhere while it goes round, but by a teacher who writes a number", async () => {
  await open()
  await shows("交还老师")
  await router.push("/door")
  expect(router.currentRoute.value.path).toBe(`/service/${ID}/ask`)
  vi.spyOn(Math, "random").mockReturnValue(0.35)
  await tap("交还老师")
  await page.get("dialog input").setValue("48")
  await page.get("dialog form").trigger("submit")
  await vi.waitFor(() => expect(router.currentRoute.value.path).toBe(`/service/${ID}/afterwards`))
  vi.restoreAllMocks()
})

it("says that nobody was there, and holds nobody", async () => {
  known = []
  await open()
  await shows("那段时间没有成员在家园")
  await router.push("/door")
  expect(router.currentRoute.value.path).toBe("/door")
})
