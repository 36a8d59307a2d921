import { flushPromises, mount, type VueWrapper } from "@vue/test-utils"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { createMemoryHistory, createRouter } from "vue-router"
import { forgetEverything } from "@/api/db"
import { OFFLINE, pretendServer } from "@/api/pretend"
import { me } from "@/api/session"
import type { Me } from "@/api/types"
import { current, dismiss } from "@/ui/toast"
import EditPage from "./EditPage.vue"
import { person, photo, post, sunshine } from "./testing"

const people = [person(1, "沈志强"), person(2, "周小芳", { allows: ["family"] })]
const before = post("p1", {
  staff: true,
  photos: [
    photo("a", { tags: [{ member: 1, short_name: "志强", box: null }] }),
    photo("b", { marked: false }),
    photo("c", { tags: [] }),
  ],
})
let down = false
let sent: [string, unknown][] = []
let page: VueWrapper

beforeEach(async () => {
  down = false
  sent = []
  await forgetEverything()
  const own = { id: 7, home: sunshine, role: "carer", title: "陆老师", has_pin: true }
  me.value = { id: Math.random(), relatives: [], posts: [own], officer: [], organisations: [] } as unknown as Me
  pretendServer(({ method, path, body }) => {
    if (method !== "GET" && down) return OFFLINE
    if (method !== "GET") sent.push([`${method} ${path}`, body])
    if (method === "PATCH")
      return { ...before, text: "改过的话", warnings: ["小芳没有同意让其他家庭看到，文字里最好不要写名字。"] }
    if (method !== "GET") return undefined
    return path === "/api/moments/people" ? people : before
  })
  const routes = [{ path: "/:rest(.*)*", component: { render: () => null } }]
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push("/moments/p1/edit")
  page = mount(EditPage, { props: { id: "p1" }, global: { plugins: [router] }, attachTo: document.body })
  await vi.waitFor(() => expect(button("周小芳")).toBeDefined())
})
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
  expect(current.value?.text).toContain("改好了。小芳没有同意")
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

it("keeps what was changed when nobody answers", async () => {
  down = true
  await page.get("textarea").setValue("改过的话")
  await tap("保存")
  await vi.waitFor(() => expect(page.text()).toContain("没有成：网络断开了"))
  expect((page.get("textarea").element as HTMLTextAreaElement).value).toBe("改过的话")
})
