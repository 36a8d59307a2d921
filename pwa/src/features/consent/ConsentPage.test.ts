import { mount, type VueWrapper } from "@vue/test-utils"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { createMemoryHistory, createRouter } from "vue-router"
import { forgetEverything, remember } from "@/api/db"
import { me } from "@/api/session"
import { fakeServer, OFFLINE, refusing } from "@/api/test/fakeServer"
import type { Me } from "@/api/types"
import { current } from "@/ui/toast"
import ConsentPage from "./ConsentPage.vue"
import type { Consent } from "./consent"
import { consent, line, question } from "./testing"

let known: Consent
let answer: unknown
let sent: unknown[]
let page: VueWrapper

beforeEach(async () => {
  await forgetEverything()
  me.value = { id: Math.random(), relatives: [], posts: [], officer: [], organisations: [] } as unknown as Me
  known = consent({ signs: true })
  answer = null
  sent = []
  fakeServer(({ method, body }) => {
    if (method !== "GET") sent.push(body)
    return answer ?? known
  })
})
afterEach(() => page.unmount())

function open() {
  const routes = [{ path: "/:rest(.*)*", component: { render: () => null } }]
  const router = createRouter({ history: createMemoryHistory(), routes })
  page = mount(ConsentPage, { props: { id: 1 }, global: { plugins: [router] }, attachTo: document.body })
}
const shows = (words: string) => vi.waitFor(() => expect(page.text()).toContain(words))
const cards = () => page.findAll("section.card")
const press = (card: number, words: string) =>
  cards()
    [card]?.findAll("button")
    .find((each) => each.text() === words)
    ?.trigger("click")

it("lets the guardian say yes, and take it back as easily", async () => {
  open()
  await shows("还不给看：等监护人和志强自己说可以。")
  const fresh = question("home", { guardian: true })
  known = { ...known, audiences: known.audiences.map((each) => (each.audience === "home" ? fresh : each)) }
  await press(1, "同意")
  await shows("还不给看：等志强自己说可以。")
  expect(cards()[1]?.get("[aria-pressed=true]").text()).toBe("同意")
  await press(1, "不同意")
  await vi.waitFor(() => expect(current.value?.text).toBe("不给看了：本家园其他家庭，以前的也看不到了"))
  const told = { key: "guardian", audience: "home", wording: "我同意：home", on_paper: false }
  expect(sent).toEqual([
    { ...told, yes: true },
    { ...told, yes: false },
  ])
})

it("says at its place what could not be changed", async () => {
  open()
  await shows("自己家人")
  answer = OFFLINE
  await press(0, "不同意")
  await vi.waitFor(() => expect(cards()[0]?.text()).toContain("没有改成：网络断开了"))
  expect(cards()[1]?.text()).not.toContain("没有改成")
})

it("shows another relative what holds and what was said, and nothing to change it with", async () => {
  known = consent({
    audiences: [question("family"), question("home", { guardian: true, own: false })],
    history: [line({ key: "self", yes: false, by: "陆老师" }), line()],
  })
  open()
  await shows("不给看：志强自己说了不给，以志强的为准。")
  await shows("3月1日 妈妈同意：本家园其他家庭")
  await shows("3月1日 志强自己说不给：本家园其他家庭")
  await shows("只有监护人能改")
  expect(page.findAll("button").filter((each) => each.text().includes("同意"))).toEqual([])
})

it("lets staff ask the member and write down what was signed on paper", async () => {
  known = consent({ asks: true })
  open()
  await shows("拿平板问志强本人")
  expect(page.find("a[href='/consent/1/ask']").exists()).toBe(true)
  await page
    .findAll("button")
    .find((each) => each.text().startsWith("记下监护人"))
    ?.trigger("click")
  await vi.waitFor(() => expect(page.findAll("dialog input[type=radio]")).toHaveLength(12))
  await page.get("dialog form").trigger("submit")
  await shows("请照纸上的，至少选一条。")
  await page.findAll("dialog input[type=radio]")[4]?.setValue(true)
  await page.get("dialog form").trigger("submit")
  await shows("请先看过签了字的纸")
  expect(sent).toEqual([])
  await page.get("dialog input[type=checkbox]").setValue(true)
  await page.get("dialog form").trigger("submit")
  await vi.waitFor(() => expect(current.value?.text).toBe("记好了，写着是纸上签的字"))
  expect(sent).toEqual([{ key: "guardian", audience: "home", yes: true, wording: "我同意：home", on_paper: true }])
})

it("shows without a network what this phone remembers, and nothing of whom it may no longer see", async () => {
  await remember("consent:1", known)
  answer = OFFLINE
  open()
  await shows("本家园其他家庭")
  page.unmount()
  me.value = { ...me.value, id: Math.random() } as Me
  answer = refusing(404, "没有找到。")
  open()
  await shows("没有找到这位成员")
  expect(page.text()).not.toContain("本家园其他家庭")
})
