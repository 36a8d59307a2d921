import { mount, type VueWrapper } from "@vue/test-utils"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { createMemoryHistory, createRouter } from "vue-router"
import { forgetEverything } from "@/api/db"
import { me } from "@/api/session"
import { fakeServer } from "@/api/test/fakeServer"
import type { Me } from "@/api/types"
import KeepsakesPage from "./ArchivePage.vue"
import PrintPage from "./PrintPage.vue"

const home = { id: 1, name: "阳光家园", phone: "" }
const mine = { id: 1, member: { id: 1, short_name: "志强" }, home }
let page: VueWrapper
let asked: string[]
let staff = false

function photo(id: string, member: number, status = "ready") {
  const tags = [{ member, short_name: "志强", box: null }]
  return { id, status, tags, src: { "320": `/s/${id}`, "1080": `/l/${id}` }, width: 4, height: 3 }
}
const post = (at: string, photos: object[]) => ({
  created_at: at,
  text: "大丰收",
  session: { id: 1, title: "采摘青菜" },
  staff,
  photos,
})

beforeEach(async () => {
  staff = false
  await forgetEverything()
  me.value = { id: Math.random(), relatives: [mine], posts: [], officer: [], organisations: [] } as unknown as Me
  const seven = Array.from({ length: 7 }, (_, index) => photo(`n${index}`, 1))
  const pages = (): Record<string, object> => ({
    "": {
      items: [post("2026-11-20T10:00:00+08:00", [photo("other", 2), photo("late", 1, "processing"), ...seven])],
      next: "more",
    },
    more: { items: [post("2026-11-02T10:00:00+08:00", [photo("old", 1)])], next: null },
  })
  asked = fakeServer(({ path, query }) =>
    path.endsWith("keepsakes") ? [{ month: "2026-11", photos: 8 }] : pages()[query.get("after") ?? ""],
  ).asked
})
afterEach(() => page.unmount())

function open(component: object, props: object) {
  const routes = [{ path: "/:rest(.*)*", component: { render: () => null } }]
  const router = createRouter({ history: createMemoryHistory(), routes })
  page = mount(component, { props, global: { plugins: [router] }, attachTo: document.body })
}
const shows = (words: string) => vi.waitFor(() => expect(page.text()).toContain(words))

it("tells before the download how many photos a month holds", async () => {
  open(KeepsakesPage, { id: 1 })
  await shows("2026年11月 有志强的照片 8 张")
  expect(page.findAll(".ways a").map((each) => each.attributes("href"))).toEqual([
    "/api/moments/keepsake?member=1&month=2026-11",
    "/keepsakes/1/2026-11",
  ])
})

it("does not print for a teacher what their own family would see blurred", async () => {
  me.value = { ...me.value, id: Math.random(), posts: [{ id: 5, home }] } as unknown as Me
  open(KeepsakesPage, { id: 1 })
  await shows("下载 8 张")
  expect(page.text()).not.toContain("打印")
  page.unmount()
  staff = true
  open(PrintPage, { id: 1, month: "2026-11" })
  await shows("请下载以后再打印")
  expect(page.find("img").exists()).toBe(false)
  expect(page.get(".button").attributes("href")).toBe("/api/moments/keepsake?member=1&month=2026-11")
})

it("prints nobody but one's own, though a teacher sees them all", async () => {
  staff = true
  open(PrintPage, { id: 2, month: "2026-11" })
  await shows("这一页只给他自己的家人")
  expect(asked).toEqual([])
})

it("lays out six photos a sheet, the oldest first, of my own member only", async () => {
  open(PrintPage, { id: 1, month: "2026-11" })
  await shows("8 张照片，2 页 A4")
  const [first, second] = page.findAll(".sheet")
  expect(first?.findAll("img").map((each) => each.attributes("src"))).toEqual([
    "/l/old",
    "/l/n0",
    "/l/n1",
    "/l/n2",
    "/l/n3",
    "/l/n4",
  ])
  expect(second?.findAll("img")).toHaveLength(2)
  expect(first?.text()).toContain("志强 · 2026年11月阳光家园 1/2")
  expect(first?.get("figcaption").text()).toBe("11月2日 采摘青菜")
  expect(asked.filter((each) => each.startsWith("GET /api/moments?"))).toHaveLength(2)
})

it("prints once every photo is there, or will not come", async () => {
  open(PrintPage, { id: 1, month: "2026-11" })
  await shows("8 张照片，2 页 A4")
  const print = vi.fn()
  vi.stubGlobal("print", print)
  const [broken, ...rest] = page.findAll("img")
  await broken?.trigger("error")
  for (const each of rest) await each.trigger("load")
  await page.get(".primary").trigger("click")
  expect(print).toHaveBeenCalledOnce()
})
