import { mount, type VueWrapper } from "@vue/test-utils"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { createMemoryHistory, createRouter, type Router, RouterView } from "vue-router"
import { forgetEverything } from "@/api/db"
import { me } from "@/api/session"
import { fakeServer, OFFLINE } from "@/api/test/fakeServer"
import type { Me } from "@/api/types"
import AskPage from "./AskPage.vue"
import type { Consent } from "./consent"
import { consent, question } from "./testing"

let known: Consent
let refused: Response | typeof OFFLINE | null
let sent: { audience: Consent["audiences"][number]["audience"]; yes: boolean }[]
let page: VueWrapper
let router: Router

beforeEach(async () => {
  await forgetEverything()
  me.value = { id: Math.random(), relatives: [], posts: [], officer: [], organisations: [] } as unknown as Me
  known = consent({ asks: true })
  refused = null
  sent = []
  fakeServer(({ method, body }) => {
    if (method === "GET") return known
    const said = body as (typeof sent)[number]
    sent.push(said)
    if (refused) return refused
    const told = (each: Consent["audiences"][number]) =>
      each.audience === said.audience ? question(each.audience, { own: said.yes }) : each
    known = { ...known, audiences: known.audiences.map(told) }
    return known
  })
})
afterEach(() => page.unmount())

async function open() {
  const nothing = { render: () => null }
  const routes = [
    { path: "/consent/:id/ask", component: AskPage, props: { id: 1 } },
    { path: "/:rest(.*)*", component: nothing },
  ]
  router = createRouter({ history: createMemoryHistory(), routes })
  await router.push("/consent/1/ask")
  page = mount(RouterView, { global: { plugins: [router] }, attachTo: document.body })
}
const shows = (words: string) => vi.waitFor(() => expect(page.text()).toContain(words))
const tap = async (words: string) =>
  page
    .findAll("button")
    .find((each) => each.text().startsWith(words))
    ?.trigger("click")

it("asks one thing at a time, in the server's words, and shows what was said", async () => {
  await open()
  await shows("志强，问你一件事")
  for (const [words, answer] of [
    ["可以给你家里人看吗？", "给"],
    ["可以给别人的家人看吗？", "不给"],
    ["可以给志愿者看吗？", "给"],
    ["可以给外面的人看吗？", "不给"],
  ] as const) {
    await shows(words)
    await tap(answer)
  }
  await shows("记好了，谢谢你！")
  expect(sent).toEqual(
    [true, false, true, false].map((yes, index) => {
      const { audience, own } = consent().audiences[index] ?? question("home")
      return { key: "self", audience, yes, wording: own.wording, on_paper: false }
    }),
  )
  expect(page.findAll("li").map((each) => each.text())).toEqual([
    "家里人给",
    "别人的家人不给",
    "来帮忙的人给",
    "外面的人不给",
  ])
})

it("lets the member change one of them, and shows them all again", async () => {
  await open()
  for (const { own } of consent().audiences) {
    await shows(own.wording)
    await tap("不给")
  }
  await shows("记好了")
  await tap("家里人")
  await shows("上次选的")
  await tap("给")
  await shows("家里人给")
})

it("keeps the question when it could not be written down", async () => {
  refused = OFFLINE
  await open()
  await shows("可以给你家里人看吗？")
  await tap("给")
  await shows("没有记上：网络断开了")
  refused = null
  await tap("给")
  await shows("可以给别人的家人看吗？")
})

it("shows the new sentence when it was reworded meanwhile", async () => {
  await open()
  await shows("可以给你家里人看吗？")
  const body = { code: "reworded", message: "问题的说法刚刚改了，请再看一遍再选。" }
  refused = Response.json(body, { status: 409 })
  const [first, ...rest] = known.audiences
  known = { ...known, audiences: [{ ...question("family"), own: { yes: null, wording: "给家人看，好吗？" } }, ...rest] }
  expect(first).toBeTruthy()
  await tap("给")
  await shows("给家人看，好吗？")
  await shows("请再看一遍再选")
})

it("leads nowhere but by a teacher who writes a number", async () => {
  await open()
  await shows("交还老师")
  await router.push("/members")
  expect(router.currentRoute.value.path).toBe("/consent/1/ask")
  vi.spyOn(Math, "random").mockReturnValue(0.35)
  await tap("交还老师")
  expect(page.get("dialog").text()).toContain("请用数字写：四十八")
  await page.get("dialog input").setValue("47")
  await page.get("dialog form").trigger("submit")
  await shows("不是这个数，请再写一次。")
  await page.get("dialog input").setValue("48")
  await page.get("dialog form").trigger("submit")
  await vi.waitFor(() => expect(router.currentRoute.value.path).toBe("/consent/1"))
  vi.restoreAllMocks()
})

it("is opened by staff, and holds nobody else", async () => {
  known = consent()
  await open()
  await shows("这一页由家园老师打开")
  await router.push("/members")
  expect(router.currentRoute.value.path).toBe("/members")
})
