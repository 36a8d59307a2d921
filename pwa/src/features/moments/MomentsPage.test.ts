import { flushPromises, mount, type VueWrapper } from "@vue/test-utils"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { createMemoryHistory, createRouter } from "vue-router"
import { forgetEverything } from "@/api/db"
import { chooseRole, forgetRole, me } from "@/api/session"
import { fakeServer, OFFLINE, refusing } from "@/api/test/fakeServer"
import type { Me } from "@/api/types"
import { current, dismiss } from "@/ui/toast"
import MomentsPage from "./MomentsPage.vue"
import type { Post } from "./moments"
import { autumn, photo, post, said, sunshine, zhiqiang } from "./testing"

const bound = (home: object) => ({ id: 1, member: zhiqiang, home, relation: "妈妈", can_sign: true, shows_name: false })
const tagged = [{ member: 1, short_name: "志强", box: null }]
let posts: Post[] = []
let answer: (method: string, path: string) => unknown = () => undefined
let asked: string[] = []
let page: VueWrapper
/** What the eye at the foot of the list is told. */
let seen: (entries: { isIntersecting: boolean }[]) => void = () => undefined
let footInSight = false

beforeEach(async () => {
  vi.useFakeTimers({ now: Date.parse("2026-11-25T11:00:00+08:00"), toFake: ["Date"] })
  vi.stubGlobal(
    "IntersectionObserver",
    class {
      constructor(tell: typeof seen) {
        seen = tell
      }
      /** As browsers do, it tells at once what it finds, and then only what changes. */
      observe() {
        if (footInSight) seen([{ isIntersecting: true }])
      }
      unobserve() {}
      disconnect() {}
    },
  )
  footInSight = false
  await forgetEverything()
  forgetRole()
  me.value = {
    id: Math.random(),
    relatives: [bound(sunshine)],
    posts: [],
    officer: [],
    organisations: [],
  } as unknown as Me
  posts = [post("p1", { photos: [photo("a", { tags: tagged }), photo("b")] })]
  answer = () => undefined
  asked = fakeServer(({ method, path, query, body }) => {
    const told = answer(method, path)
    if (told !== undefined) return told
    if (method === "POST") return [said("c9", { text: (body as { text: string }).text, mine: true, by: "我" })]
    if (method !== "GET") return undefined
    if (path === "/api/moments/months")
      return [
        { month: "2026-11", posts: 12 },
        { month: "2026-10", posts: 30 },
      ]
    if (path !== "/api/moments") return posts.find(({ id }) => path.endsWith(id)) ?? refusing(404, "没有找到。")
    return {
      items: query.get("after") ? [post("older", { text: "上个月的事。" })] : posts,
      next: query.get("after") ? null : "c1",
    }
  }).asked
})
afterEach(() => {
  page.unmount()
  dismiss()
  vi.useRealTimers()
})

async function open(path = "/moments") {
  const routes = [{ path: "/:rest(.*)*", component: { render: () => null } }]
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push(path)
  page = mount(MomentsPage, { global: { plugins: [router] }, attachTo: document.body })
  return router
}
const shows = (words: string) => vi.waitFor(() => expect(page.text()).toContain(words))
const button = (words: string) =>
  page.findAll("button").find((each) => each.text().includes(words) || each.attributes("aria-label")?.includes(words))
const tap = async (words: string) => {
  await vi.waitFor(() => expect(button(words)).toBeDefined())
  await button(words)?.trigger("click")
  await flushPromises()
}

describe("a relative's album", () => {
  it("shows what it is, who is in it and when, each photo in a box of its own", async () => {
    await open()
    await shows("今天的青菜大丰收。")
    expect(page.get("h1").text()).toBe("阳光家园相册")
    expect(page.get(".about").text()).toMatch(/农疗.*有志强.*10:41/)
    const [first] = page.findAll(".box")
    expect(first?.attributes("style")).toContain("aspect-ratio: 1")
    expect(first?.get("img").attributes()).toMatchObject({
      loading: "lazy",
      srcset: "/media/moments/a/clear-320.webp 320w, /media/moments/a/clear-1080.webp 1080w",
    })
    expect(first?.get("button").attributes("aria-label")).toBe("陆老师的照片，第 1 张，共 2 张")
  })

  it("asks for what is looked at, and the address says so", async () => {
    const router = await open()
    await tap("有志强")
    expect(router.currentRoute.value.query).toEqual({ member: "1" })
    await page.findAll("input[type=radio]")[2]?.trigger("change")
    await flushPromises()
    await tap("月份")
    await shows("2026年10月")
    await tap("2026年10月")
    await vi.waitFor(() =>
      expect(asked.at(-1)).toBe("GET /api/moments?home=1&member=1&therapy=farm&month=2026-10&after=&limit=20"),
    )
    await tap("看所有月份")
    expect(router.currentRoute.value.query).toEqual({ member: "1", therapy: "farm" })
  })

  it("goes on while the foot is in sight, though nothing comes or goes", async () => {
    footInSight = true
    await open()
    await shows("上个月的事。")
  })

  it("asks nobody again and again while nobody answers", async () => {
    await open()
    await shows("再看以前的")
    let tries = 0
    answer = () => {
      tries += 1
      footInSight = tries < 3
      return OFFLINE
    }
    seen([{ isIntersecting: true }])
    for (let turn = 0; turn < 5; turn += 1) await flushPromises()
    expect(tries).toBe(1)
  })

  it("goes on when the foot comes into sight, and by a button", async () => {
    await open()
    await shows("再看以前的")
    seen([{ isIntersecting: true }])
    await shows("上个月的事。")
    expect(page.text()).not.toContain("再看以前的")
  })

  it("turns a ♡ at once, and back when nobody answered", async () => {
    await open()
    answer = (method) => (method === "PUT" ? OFFLINE : undefined)
    await tap("喜欢")
    await shows("网络断开了")
    expect(button("喜欢")?.attributes("aria-pressed")).toBe("false")
    answer = () => undefined
    posts = [post("p1", { likes: { count: 2, mine: true, names: ["志强妈妈", "一位家属"] } })]
    await tap("喜欢")
    await shows("志强妈妈，一位家属")
    expect(button("已喜欢")?.attributes("aria-pressed")).toBe("true")
  })

  it("says a word, in few of them", async () => {
    await open()
    await tap("评论")
    const field = page.get(".write input")
    expect(field.attributes("maxlength")).toBe("200")
    await field.setValue("辛苦老师了！")
    await page.get(".write").trigger("submit")
    await shows("我：辛苦老师了！")
    expect(page.find(".write").exists()).toBe(false)
  })

  it("shows the last known list with its age when nobody answers, and says so when there is none", async () => {
    await open()
    await shows("今天的青菜大丰收。")
    answer = () => OFFLINE
    await tap("刷新")
    await shows("连不上网络，这是刚刚的情况。")
    page.unmount()
    me.value = { ...me.value, id: 77 } as Me
    await forgetEverything()
    await open()
    await shows("网络断开了")
    answer = () => undefined
    await tap("再试一次")
    await shows("今天的青菜大丰收。")
  })

  it("says when there is nothing, and how to see more", async () => {
    posts = []
    answer = (_, path) => (path === "/api/moments" ? { items: [], next: null } : undefined)
    const router = await open("/moments?therapy=culture")
    await tap("看所有的")
    expect(router.currentRoute.value.query).toEqual({})
    await shows("还没有动态")
  })

  it("follows a notice to its own Home", async () => {
    me.value = { ...me.value, id: 78, relatives: [bound(sunshine), bound(autumn)] } as unknown as Me
    await open("/moments?home=2")
    await shows("秋阳家园相册")
    expect(page.get("select").element.value).toBe("2")
  })
})

describe("a teacher's feed", () => {
  beforeEach(() => {
    const own = { id: 7, home: sunshine, role: "carer", title: "陆老师", has_pin: true }
    me.value = { id: Math.random(), relatives: [], posts: [own], officer: [], organisations: [] } as unknown as Me
    chooseRole("staff")
  })

  it("says what is still being done, what was refused and why, and who is not marked", async () => {
    const none = { src: {}, preview: "", width: 0, height: 0 }
    posts = [
      post("p1", {
        staff: true,
        photos: [
          photo("a", { ...none, status: "processing" }),
          photo("b", { ...none, status: "refused", refusal: "这不是照片，请换一张。" }),
          photo("c", { marked: false }),
          photo("d", { ...none, status: "waiting" }),
        ],
      }),
    ]
    await open()
    await shows("第 2 张没能用：这不是照片，请换一张。")
    expect(page.text()).toContain("等待上传")
    expect(page.text()).toContain("正在处理")
    expect(page.get(".unmarked").text()).toContain("1 张还没标是谁，只有老师看得到。")
    expect([button("重选"), button("不要了")].every(Boolean)).toBe(true)
  })

  it("takes a post back when the offer to undo has gone, and not when it was taken", async () => {
    posts = [post("p1", { staff: true })]
    await open()
    for (const undone of [true, false]) {
      await tap("还能做什么")
      await tap("撤回这条动态")
      await vi.waitFor(() => expect(page.find("article").exists()).toBe(false))
      const offer = current.value?.action
      dismiss()
      if (undone) offer?.run()
      await flushPromises()
      expect(page.find("article").exists()).toBe(undone)
      expect(asked.includes("DELETE /api/moments/p1")).toBe(!undone)
    }
  })

  it("brings a post back that the server did not let go", async () => {
    posts = [post("p1", { staff: true })]
    answer = (method) => (method === "DELETE" ? OFFLINE : undefined)
    await open()
    await tap("还能做什么")
    await tap("撤回这条动态")
    dismiss()
    await shows("今天的青菜大丰收。")
    expect(current.value?.text).toContain("没能撤回")
  })

  it("keeps a comment from the families, and says so", async () => {
    posts = [post("p1", { staff: true, comments: [said("c1")] })]
    await open()
    await tap("志强妈妈说的这条")
    posts = [post("p1", { staff: true, comments: [said("c1", { hidden: true })] })]
    await tap("不给家属看")
    await shows("没有给家属看")
    expect(asked).toContain("PUT /api/moments/p1/comments/c1/hidden")
  })
})
