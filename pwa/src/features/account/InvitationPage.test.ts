import { flushPromises, mount } from "@vue/test-utils"
import { beforeEach, expect, it, vi } from "vitest"
import { createMemoryHistory, createRouter } from "vue-router"
import { me, signedIn } from "@/api/session"
import { fakeServer, OFFLINE, refusing } from "@/api/test/fakeServer"
import type { Me } from "@/api/types"
import InvitationPage from "./InvitationPage.vue"

const avatar = { text: "志", colour: 0, photo: null }
const invitation = {
  member: { id: 1, short_name: "志强", avatar },
  home: "阳光家园",
  relation: "姐姐",
  expires_at: new Date(Date.now() + 72 * 3_600_000).toISOString(),
}
const person = { id: 2, name: "", relatives: [], posts: [], organisations: [], officer: [] }
let read: () => unknown
let named: () => unknown
let bound: () => unknown

beforeEach(() => {
  document.body.innerHTML = ""
  me.value = person as unknown as Me
  signedIn.value = true
  read = () => invitation
  named = () => person
  bound = () => undefined
  fakeServer(({ method, path }) => {
    if (method === "PATCH") return named()
    if (path.endsWith("/accept")) return bound()
    return path === "/api/me" ? person : read()
  })
})

async function open() {
  const routes = [{ path: "/:rest(.*)*", component: { render: () => null } }]
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push("/i/token")
  const page = mount(InvitationPage, {
    props: { token: "token" },
    global: { plugins: [router] },
    attachTo: document.body,
  })
  await flushPromises()
  return { page, router }
}
type Shown = Awaited<ReturnType<typeof open>>["page"]

async function accept(page: Shown, name = "沈志兰") {
  await page.get("[name=name]").setValue(name)
  await page.get("form").trigger("submit")
  await flushPromises()
}
const nameOf = (page: Shown) => (page.get("[name=name]").element as HTMLInputElement).value

it("binds with one tap, and goes to the first screen", async () => {
  const { page, router } = await open()
  expect(page.text()).toContain("作为志强的姐姐")
  await accept(page)
  await vi.waitFor(() => expect(router.currentRoute.value.path).toBe("/"))
})

it.each([
  ["does not know it", 404, "没有这个邀请。"],
  ["says that it was used", 409, "这个邀请已经用过了。"],
])("says that it cannot be used when the server %s", async (_what, status, message) => {
  read = () => refusing(status, message)
  const { page } = await open()
  expect(page.text()).toContain("这个邀请用不了")
  expect(page.text()).toContain(message)
})

it.each([
  ["busy", () => refusing(503, "人多排队中，请过一会儿再试。")],
  ["asked too often", () => refusing(429, "操作太频繁了，请歇一会儿再试。")],
  ["out of reach", () => OFFLINE],
])("offers to try again when the server is %s", async (_what, refuse) => {
  read = refuse
  const { page } = await open()
  expect(page.text()).not.toContain("这个邀请用不了")
  read = () => invitation
  await page.get("[role=alert] button").trigger("click")
  await vi.waitFor(() => expect(page.text()).toContain("作为志强的姐姐"))
})

it("keeps the form and the name when the server was busy at the last tap", async () => {
  const { page, router } = await open()
  bound = () => refusing(503, "人多排队中，请过一会儿再试。")
  await accept(page)
  expect(page.get("[role=alert]").text()).toBe("人多排队中，请过一会儿再试。")
  expect(nameOf(page)).toBe("沈志兰")
  bound = () => undefined
  await page.get("form").trigger("submit")
  await vi.waitFor(() => expect(router.currentRoute.value.path).toBe("/"))
})

it("says beside the name what is wrong with it", async () => {
  named = () =>
    Response.json({ code: "invalid", message: "有内容填写不对。", fields: { name: "太长了。" } }, { status: 422 })
  const { page } = await open()
  await accept(page)
  expect(page.get("[role=alert]").text()).toBe("太长了。")
  expect(page.text()).not.toContain("这个邀请用不了")
})
