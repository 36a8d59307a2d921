import { flushPromises, mount, type VueWrapper } from "@vue/test-utils"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { createMemoryHistory, createRouter } from "vue-router"
import { forgetEverything } from "@/api/db"
import { me } from "@/api/session"
import { fakeServer, OFFLINE, refusing } from "@/api/test/fakeServer"
import type { Me } from "@/api/types"
import { current, dismiss } from "@/ui/toast"
import { all, wipe } from "./drafts"
import EditPage from "./EditPage.vue"
import { flush, reload, unsent } from "./queue"
import { person, photo, post, sunshine } from "./testing"

const people = [person(1, "沈志强"), person(2, "周小芳", { allows: ["family"] })]
const before = post("p1", {
  staff: true,
  session: { id: 9, title: "采摘青菜" },
  photos: [
    photo("a", { tags: [{ member: 1, short_name: "志强", box: null }] }),
    photo("b", { marked: false }),
    photo("c", { tags: [] }),
  ],
})
let down = false
let refuses: Response | null = null
let there = before
let sent: [string, unknown][] = []
let page: VueWrapper

beforeEach(async () => {
  down = false
  refuses = null
  there = before
  sent = []
  await forgetEverything()
  await wipe()
  await reload()
  const own = { id: 7, home: sunshine, role: "carer", title: "陆老师", has_pin: true }
  me.value = { id: Math.random(), relatives: [], posts: [own], officer: [], organisations: [] } as unknown as Me
  fakeServer(({ method, path, body }) => {
    if (method !== "GET" && down) return OFFLINE
    if (method === "PATCH" && refuses) return refuses
    if (method !== "GET") sent.push([`${method} ${path}`, body])
    if (method === "PATCH")
      return { ...before, text: "改过的话", warnings: ["小芳没有同意让其他家庭看到，文字里最好不要写名字。"] }
    if (method !== "GET") return undefined
    return path === "/api/moments/people" ? people : there
  })
  await open()
})

async function open() {
  const routes = [{ path: "/:rest(.*)*", component: { render: () => null } }]
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push("/moments/p1/edit")
  page = mount(EditPage, { props: { id: "p1" }, global: { plugins: [router] }, attachTo: document.body })
  await vi.waitFor(() => expect(button("周小芳")).toBeDefined())
}
afterEach(() => {
  page.unmount()
  dismiss()
})

const button = (words: string) =>
  page.findAll("button").find((each) => each.text().includes(words) || each.attributes("aria-label")?.includes(words))
const tap = async (words: string) => {
  await button(words)?.trigger("click")
  await flushPromises()
}

it("begins with what is there, and sends words, order and who is in each photo", async () => {
  expect(button("农疗")?.attributes("aria-pressed")).toBe("true")
  expect((page.get("textarea").element as HTMLTextAreaElement).value).toBe("今天的青菜大丰收。")
  await page.get("textarea").setValue("改过的话")
  await tap("第 2 张照片")
  await tap("周小芳")
  await tap("第 2 张往前放")
  await tap("保存")
  await vi.waitFor(() => expect(sent).toHaveLength(1))
  expect(sent[0]).toEqual([
    "PATCH /api/moments/p1",
    {
      text: "改过的话",
      therapy: "farm",
      photos: [
        { id: "b", tags: [{ member: 2, box: null }] },
        { id: "a", tags: [{ member: 1, box: null }] },
        { id: "c", tags: "nobody" },
      ],
    },
  ])
  await vi.waitFor(() => expect(current.value?.text).toContain("改好了。小芳没有同意"))
})

it("takes a photo away for all, once it is saved", async () => {
  await tap("第 3 张照片")
  await tap("去掉第 3 张")
  expect(sent).toEqual([])
  await tap("保存")
  await vi.waitFor(() =>
    expect(sent.map(([what]) => what)).toEqual(["PATCH /api/moments/p1", "DELETE /api/moments/p1/photos/c"]),
  )
})

it("keeps what was changed when nobody answers, says so, and sends it when somebody does", async () => {
  down = true
  await page.get("textarea").setValue("改过的话")
  await tap("第 3 张照片")
  await tap("去掉第 3 张")
  await tap("保存")
  await vi.waitFor(() => expect(current.value?.text).toBe("网络断开了，改动已存在本机，恢复后自动上传。"))
  expect([(await all())[0]?.edit?.text, unsent.value]).toEqual(["改过的话", 1])
  page.unmount()
  await open()
  expect((page.get("textarea").element as HTMLTextAreaElement).value).toBe("改过的话")
  expect(page.text()).toContain("这些改动还没传上去")
  down = false
  there = { ...before, photos: before.photos.slice(1) } // Somebody else took the first photo out meanwhile.
  await flush()
  expect(sent.map(([what]) => what)).toEqual(["PATCH /api/moments/p1", "DELETE /api/moments/p1/photos/c"])
  expect(sent[0]?.[1]).toEqual({ text: "改过的话", therapy: "farm", photos: [{ id: "b", tags: null }] })
  expect([await all(), unsent.value]).toEqual([[], 0])
})

it("is thrown away when the teacher thinks better of it", async () => {
  down = true
  await page.get("textarea").setValue("改过的话")
  await tap("保存")
  await vi.waitFor(async () => expect(await all()).toHaveLength(1))
  page.unmount()
  await open()
  await tap("不改了")
  await vi.waitFor(async () => expect(await all()).toEqual([]))
})

it("sets aside what the server will not have, and does not bring back a photo that others took out", async () => {
  down = true
  await page.get("textarea").setValue("改过的话")
  await tap("保存")
  await vi.waitFor(async () => expect(await all()).toHaveLength(1))
  down = false
  refuses = refusing(422, "有人不在本家园了，请重新标一下照片里有谁。")
  await flush()
  await vi.waitFor(async () => expect((await all())[0]?.edit?.refused).toContain("不在本家园"))
  page.unmount()
  refuses = null
  there = { ...before, photos: before.photos.slice(1) }
  await open()
  expect(page.text()).toContain("这些改动没能存上：有人不在本家园了")
  await tap("保存")
  await vi.waitFor(() => expect(sent).toHaveLength(1))
  expect(sent[0]?.[1]).toMatchObject({ text: "改过的话", photos: [{ id: "b" }, { id: "c" }] })
})

it("keeps the last photo, and offers to take the post back", async () => {
  for (const left of [3, 2, 1]) {
    await tap(`第 ${left} 张照片`)
    await tap(`去掉第 ${left} 张`)
  }
  await tap("保存")
  expect(page.text()).toContain("动态里至少留一张照片，请换一张，或撤回整条动态。")
  expect(sent).toEqual([])
  await tap("撤回整条")
  expect(current.value?.text).toBe("撤回了")
})
