import { mount, type VueWrapper } from "@vue/test-utils"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { createMemoryHistory, createRouter, RouterView } from "vue-router"
import { fakeServer } from "@/api/test/fakeServer"
import type { Photo } from "./consent"
import ShowPage from "./ShowPage.vue"

const ready = { status: "ready", declined: null, src: { "1080": "/media/x.webp" }, width: 4, height: 3 }
const of = (...members: number[]) =>
  members.map((member) => ({ member, short_name: member === 1 ? "志强" : "小芳", box: null }))
let photos: Partial<Photo>[]
let staff: boolean
let sent: unknown[]
let page: VueWrapper

beforeEach(() => {
  staff = true
  photos = [
    { ...ready, id: "a", tags: of(1, 2) },
    { ...ready, id: "b", tags: of(1) },
    { ...ready, id: "c", tags: [] },
    { ...ready, id: "d", tags: of(2), status: "processing" },
  ] as Partial<Photo>[]
  sent = []
  fakeServer(({ method, path, body }) => {
    if (method === "GET") return { id: "p", staff, photos }
    sent.push([path, body])
    photos = photos.map((each) => (path.includes(`/${each.id}/`) ? { ...each, declined: "志强" } : each))
    return undefined
  })
})
afterEach(() => page.unmount())

async function open() {
  const routes = [{ path: "/:rest(.*)*", component: ShowPage, props: { post: "p" } }]
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push("/consent/photos/p")
  page = mount(RouterView, { global: { plugins: [router] }, attachTo: document.body })
}
const shows = (words: string) => vi.waitFor(() => expect(page.text()).toContain(words))
const tap = async (words: string) =>
  page
    .findAll("button")
    .find((each) =>
      each
        .text()
        .replace(/^[志小]给/, "给")
        .startsWith(words),
    )
    ?.trigger("click")

it("shows each their own photos, one by one, and what they do not give goes once they are sure", async () => {
  await open()
  await shows("给志强看2 张")
  await shows("给小芳看1 张")
  await tap("给志强看")
  await shows("第 1 张，一共 2 张")
  expect(page.text()).not.toContain("上次选的")
  await tap("给")
  await shows("第 2 张，一共 2 张")
  await tap("不给")
  await shows("这张照片，谁都不给看，对吗？")
  expect(sent).toEqual([])
  await tap("不给")
  await shows("看完了，谢谢你！")
  await shows("给家里人看 1 张。不要了 1 张。")
  expect(sent).toEqual([["/api/moments/p/photos/b/declined", { member: 1 }]])
})

it("lets a slip of the finger be taken back", async () => {
  await open()
  await shows("给小芳看")
  await tap("给小芳看")
  await tap("不给")
  await shows("谁都不给看，对吗？")
  await tap("还是给")
  await shows("给家里人看 1 张。")
  expect(sent).toEqual([])
})

it("has nothing to ask where nobody is marked, and asks no family", async () => {
  photos = photos.slice(2)
  await open()
  await shows("这条动态没有可以问的照片")
  page.unmount()
  staff = false
  photos = [{ ...ready, id: "a", tags: of(1) }] as Partial<Photo>[]
  await open()
  await shows("这条动态没有可以问的照片")
})
