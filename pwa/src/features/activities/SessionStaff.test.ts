import { mount, type VueWrapper } from "@vue/test-utils"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { createMemoryHistory, createRouter } from "vue-router"
import { forgetEverything } from "@/api/db"
import { me } from "@/api/session"
import { fakeServer, refusing } from "@/api/test/fakeServer"
import type { Me } from "@/api/types"
import { current } from "@/ui/toast"
import type { Session } from "./calendar"
import SessionPage from "./SessionPage.vue"
import { at, session, sunshine } from "./testing"

const person = (id: number, name: string) => ({
  id,
  name,
  short_name: name.slice(1),
  avatar: { text: "志", colour: 0, photo: null },
})
let known: Session
let refused: Response | null
let sent: { method: string; path: string; body: unknown }[]
let page: VueWrapper

/** The server's side of it, as far as the page sees. */
function answer(method: string, path: string, body: { member: number; state: "joined"; reason: string }) {
  if (path === "/api/moments/sessions") return []
  if (method === "GET") return known
  sent.push({ method, path: path.replace("/api/calendar/sessions/7/", ""), body })
  if (refused) return refused
  const joins = (part: Session["members"][number]) => ({ ...part, state: "joined" as const })
  if (path.endsWith("present")) known = { ...known, members: known.members.map(joins) }
  else if (path.endsWith("participation"))
    known.members = known.members.map((part) =>
      part.member.id === body.member ? { ...part, state: body.state } : part,
    )
  else if (path.endsWith("result")) known = { ...known, result: body as unknown as Session["result"] }
  else if (path.includes("activities")) return undefined
  else if (method === "PUT") known = { ...known, state: "cancelled", reason: body.reason }
  else {
    known = { ...known, state: "now", reason: "" }
    return { session: 7, conflicts: ["菜园同时还有浇水。"] }
  }
  return undefined
}

beforeEach(async () => {
  vi.useFakeTimers({ now: Date.parse(at("10:30")), toFake: ["Date"] })
  await forgetEverything()
  me.value = {
    id: Math.random(),
    relatives: [],
    posts: [{ id: 5, home: sunshine }],
    officer: [],
    organisations: [],
  } as unknown as Me
  const part = (id: number, name: string) => ({ member: person(id, name), meant: true, state: null })
  known = session(7, { members: [part(1, "沈志强"), part(2, "周小芳")], plan: {} as Session["plan"] })
  refused = null
  sent = []
  fakeServer(({ method, path, body }) => answer(method, path, body as never))
})
afterEach(() => {
  page.unmount()
  vi.useRealTimers()
})

async function open() {
  const routes = [{ path: "/:rest(.*)*", component: { render: () => null } }]
  const router = createRouter({ history: createMemoryHistory(), routes })
  page = mount(SessionPage, { props: { id: 7 }, global: { plugins: [router] }, attachTo: document.body })
  await shows("采摘青菜")
}
const shows = (words: string) => vi.waitFor(() => expect(page.text()).toContain(words))
async function tap(words: string) {
  await vi.waitFor(() => expect(page.findAll("button").map((each) => each.text())).toContain(words))
  await page
    .findAll("button")
    .find((each) => each.text() === words)
    ?.trigger("click")
}
const tapOn = async (name: string) =>
  page
    .findAll("button")
    .find((each) => each.text().includes(name))
    ?.trigger("click")

it("notes everybody who is there with one tap", async () => {
  await open()
  await tap("全部参加")
  await shows("谁参加了 · 2 人")
  expect(sent).toEqual([{ method: "POST", path: "participation/present", body: undefined }])
  expect(current.value?.text).toBe("都记好了")
})

it("says why that did not go", async () => {
  refused = refusing(409, "该参加的人还没有到，请先在门口点到。")
  await open()
  await tap("全部参加")
  await shows("没有成：该参加的人还没有到，请先在门口点到。")
})

it("notes what one member did", async () => {
  await open()
  await shows("周小芳")
  await tapOn("周小芳")
  await tap("提前离开了")
  await vi.waitFor(() =>
    expect(
      page
        .findAll(".cell")
        .map((each) => each.text())
        .join(),
    ).toContain("周小芳提前离开了"),
  )
  expect(sent.at(-1)).toEqual({ method: "PUT", path: "participation", body: { member: 2, state: "left_early" } })
})

it("notes what came of it", async () => {
  await open()
  await tap("记成绩")
  const [baskets, , rank] = page.findAll("input[type=number]")
  await baskets?.setValue("2")
  await rank?.setValue("1")
  await page.get("form").trigger("submit")
  await shows("2 筐 · 第 1 名")
  expect(sent.at(-1)?.body).toEqual({ baskets: 2, pieces: null, rank: 1, text: "" })
})

it("cancels it with the reason, and restores it with what it meets", async () => {
  await open()
  await tap("取消今天这一场")
  await page.get("dialog input").setValue("下雨")
  await page.get("form").trigger("submit")
  await shows("这一场取消了。原因：下雨。")
  await tap("恢复今天这一场")
  await shows("正在进行")
  expect(current.value?.text).toBe("恢复了。请注意：菜园同时还有浇水。")
})

it("ends the whole series, and says what stays", async () => {
  await open()
  await tap("以后都不办了")
  expect(page.get("dialog").text()).toContain("今天这一场照常办完，以后的“采摘青菜”不再排了。")
  await page.get("form").trigger("submit")
  await vi.waitFor(() => expect(current.value?.text).toBe("以后都不办了"))
  expect(sent).toEqual([{ method: "DELETE", path: "/api/calendar/activities/activity-7", body: undefined }])
})

it("is not offered to a family", async () => {
  known = { ...known, plan: null }
  await open()
  expect(page.text()).not.toContain("取消今天这一场")
})
