import { flushPromises, mount, type VueWrapper } from "@vue/test-utils"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { createMemoryHistory, createRouter, type Router } from "vue-router"
import { forgetEverything, recall } from "@/api/db"
import { me } from "@/api/session"
import { fakeServer, OFFLINE, refusing } from "@/api/test/fakeServer"
import type { Me } from "@/api/types"
import { current as toasted } from "@/ui/toast"
import { afterwards, at, NOW } from "../testing"
import AfterwardsPage from "./AfterwardsPage.vue"
import type { Afterwards, Album } from "./afterwards"

const ID = afterwards().event
const photo = {
  id: "p1",
  width: 1600,
  height: 1200,
  preview: "data:image/webp;base64,AA",
  src: { "320": "/media/visits/e/s/clear-320.webp" },
}
const post = {
  id: "019a0000-0000-7000-8000-000000000009",
  text: "志愿者陪大家散步",
  created_at: at("10:41", "2026-11-21"),
  photos: [{ id: "p1", src: { "320": "/media/moments/s/clear-320.webp" } }],
}
let known: Afterwards
let album: Album
let posts: object[]
let refused: Response | typeof OFFLINE | null
let sent: { path: string; body: unknown }[]
let asked: string[]
let page: VueWrapper
let router: Router

beforeEach(async () => {
  vi.useFakeTimers({ now: NOW, toFake: ["Date"] })
  await forgetEverything()
  me.value = { id: Math.random(), relatives: [], posts: [], officer: [], organisations: [] } as unknown as Me
  known = afterwards()
  album = { photos: [photo], hidden: 0, developing: false }
  posts = [post, { ...post, id: "words", photos: [] }]
  refused = null
  sent = []
  HTMLDialogElement.prototype.showModal = function show() {
    this.open = true
  }
  HTMLDialogElement.prototype.close = function close() {
    this.open = false
  }
  asked = fakeServer(({ method, path, query, body }) => {
    if (method === "GET" && refused) return refused
    if (path === "/api/moments") return { items: query.get("day") === "2026-11-21" ? posts : [], next: null }
    if (path.endsWith("/album")) return album
    if (method === "GET") return known
    sent.push({ path: path.replace(`/api/service-events/${ID}/`, ""), body })
    if (refused) return refused
    const said = body as { text: string; post?: string | null; again: boolean }
    if (path.endsWith("/thanks"))
      known = { ...known, thanks: { text: said.text, album: Boolean(said.post), at: at("12:00", "2026-11-25") } }
    else
      known = {
        ...known,
        feedback: [{ name: "徐明", again: said.again, text: said.text, said_at: at("12:00"), mine: true }],
      }
    return undefined
  }).asked
})
afterEach(() => {
  page.unmount()
  vi.useRealTimers()
})

async function open(changes: Partial<Afterwards> = {}) {
  known = afterwards(changes)
  const nothing = { render: () => null }
  router = createRouter({ history: createMemoryHistory(), routes: [{ path: "/:rest(.*)*", component: nothing }] })
  await router.push(`/service/${ID}/afterwards`)
  page = mount(AfterwardsPage, { props: { id: ID }, global: { plugins: [router] }, attachTo: document.body })
  await flushPromises()
}
const shows = (words: string) => vi.waitFor(() => expect(page.text()).toContain(words))
async function press(words: string) {
  await vi.waitFor(() => expect(page.findAll("button").some((each) => each.text().includes(words))).toBe(true))
  await page
    .findAll("button")
    .find((each) => each.text().includes(words))
    ?.trigger("click")
  await flushPromises()
}

it("tells how many came, what they served, and the members' thumbs", async () => {
  await open({ liked: 8, disliked: 1 })
  await shows("3 人")
  await shows("5 小时 48 分")
  expect(page.findAll(".vote").map((each) => each.text())).toEqual(["8 人喜欢", "1 人不喜欢"])
})

it("takes a volunteer's word, and another one later", async () => {
  await open({ expected: true })
  await press("告诉家园")
  await shows("请先选“愿意”或“先不了”。")
  await press("愿意")
  await page.get("textarea").setValue("下次多带两个血压计")
  await press("告诉家园")
  await shows("您说过")
  await press("改一改")
  await press("先不了")
  await press("告诉家园")
  await shows("先不来了")
  expect(sent.map(({ body }) => body)).toEqual([
    { again: true, text: "下次多带两个血压计" },
    { again: false, text: "下次多带两个血压计" },
  ])
})

it("keeps what a volunteer wrote when the network is down", async () => {
  await open({ expected: true })
  await press("愿意")
  await page.get("textarea").setValue("很好")
  refused = OFFLINE
  await press("告诉家园")
  await shows("网络断开了")
  expect(page.get("textarea").element.value).toBe("很好")
})

it("lets the staff thank, beginning with a suggestion and with the post of that day", async () => {
  await open({ staff: true })
  await press("写感谢")
  await shows("志愿者陪大家散步")
  expect(page.findAll(".post").map((each) => each.text())).toEqual(["不附照片", "志愿者陪大家散步周六 10:41 · 1 张"])
  await press("谢谢大家来阳光家园，下次还来！")
  await page.findAll(".post input")[1]?.trigger("change")
  await press("发给大家")
  expect(sent).toEqual([{ path: "thanks", body: { text: "谢谢大家来阳光家园，下次还来！", post: post.id } }])
  await shows("今天 12:00 发给了来过的每个人")
  await vi.waitFor(() => expect(toasted.value?.text).toBe("发出去了，来过的人都会收到"))
  await vi.waitFor(() => expect(page.findAll(".grid img")).toHaveLength(1))
  expect(page.text()).not.toContain("加上那天的照片")
})

it("says so when there is no post, and keeps the words while one is made", async () => {
  posts = []
  await open({ staff: true })
  await press("写感谢")
  await shows("还没有带照片的动态")
  await page.get("textarea").setValue("谢谢")
  await press("去发一条动态")
  expect(router.currentRoute.value.path).toBe("/moments/new")
  page.unmount()
  await open({ staff: true })
  await press("写感谢")
  await vi.waitFor(() => expect(page.get("textarea").element.value).toBe("谢谢"))
})

it("reads what the server would not send out", async () => {
  await open({ staff: true })
  await press("写感谢")
  await vi.waitFor(() => expect(page.find("textarea").exists()).toBe(true))
  await page.get("textarea").setValue("沈志强学会了")
  refused = refusing(422, "志愿者会看到这段话，请只写小名：志强。")
  await press("发给大家")
  await shows("请只写小名：志强。")
})

it("adds the photos to what was sent without", async () => {
  await open({ staff: true, thanks: { text: "谢谢大家", album: false, at: at("12:00", "2026-11-21") } })
  await press("加上那天的照片")
  await shows("志愿者陪大家散步")
  await press("加上这些照片")
  await shows("请选一条动态。")
  await page.get(".post input").trigger("change")
  await press("加上这些照片")
  expect(sent).toEqual([{ path: "thanks", body: { text: "谢谢大家", post: post.id } }])
})

it("says why photos are missing, to the staff how many", async () => {
  album = { photos: [], hidden: 0, developing: false }
  const thanks = { text: "谢谢大家", album: true, at: at("12:00", "2026-11-21") }
  await open({ thanks })
  await shows("里面的人还没有同意给志愿者看")
  page.unmount()
  album = { photos: [photo], hidden: 2, developing: false }
  await open({ thanks, staff: true })
  await shows("另有 2 张没有给志愿者看")
})

it("asks for the photos again with everything else: what a member took back goes", async () => {
  await open({ thanks: { text: "谢谢大家", album: true, at: at("12:00", "2026-11-21") } })
  await vi.waitFor(() => expect(page.findAll(".grid img")).toHaveLength(1))
  album = { photos: [], hidden: 0, developing: false }
  window.dispatchEvent(new Event("focus"))
  await vi.waitFor(() => expect(page.findAll(".grid img")).toHaveLength(0))
})

it("keeps no picture on this phone's disk, however small", async () => {
  await open({ thanks: { text: "谢谢大家", album: true, at: at("12:00", "2026-11-21") } })
  await vi.waitFor(() => expect(page.findAll(".grid img")).toHaveLength(1))
  const kept = await recall<Album>(`visit-album:${ID}`)
  expect(kept?.value.photos.map(({ preview }) => preview)).toEqual([""])
})

it("waits for photos that are still being made, and says so", async () => {
  album = { photos: [], hidden: 1, developing: true }
  await open({ staff: true, thanks: { text: "谢谢大家", album: true, at: at("12:00", "2026-11-21") } })
  await shows("照片正在处理")
  expect(page.text()).not.toContain("另有")
  album = { photos: [photo], hidden: 0, developing: false }
  vi.setSystemTime(NOW + 60_000)
  document.dispatchEvent(new Event("visibilitychange"))
  await vi.waitFor(() => expect(page.findAll(".grid img")).toHaveLength(1))
})

it("asks for no album that is not for this person", async () => {
  await open({ thanks: { text: "谢谢大家", album: false, at: at("12:00", "2026-11-21") } })
  await shows("谢谢大家")
  expect(asked.filter((each) => each.includes("album"))).toEqual([])
})

it("shows the staff the volunteers' words, and nobody else", async () => {
  const feedback = [
    { name: "徐明", again: true, text: "大家记住了我的名字", said_at: at("13:00", "2026-11-21"), mine: false },
  ]
  await open({ staff: true, feedback })
  await shows("大家记住了我的名字")
  page.unmount()
  await open({ feedback: [] })
  expect(page.text()).not.toContain("志愿者说的")
})

it.each([
  [{ starts_at: at("09:00"), ends_at: at("11:00"), staff: true, expected: true }, "还没有到那天"],
  [{ cancelled: true, staff: true, expected: true }, "这场活动取消了"],
])("offers no form where there was no visit: %o", async (changes, words) => {
  await open(changes)
  await shows(words)
  expect(page.find("form").exists()).toBe(false)
  expect(page.text()).not.toContain("写感谢")
})

it("says when it cannot be opened, and tries again", async () => {
  refused = OFFLINE
  await open()
  await shows("没能打开这场活动的回顾")
  refused = null
  await press("再试")
  await shows("周六义诊与陪伴日")
})
