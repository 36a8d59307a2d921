import { flushPromises, mount } from "@vue/test-utils"
import { beforeEach, expect, it, vi } from "vitest"
import { createMemoryHistory, createRouter } from "vue-router"
import { fakeServer, refusing } from "@/api/test/fakeServer"
import SignInPage from "./SignInPage.vue"

const AUTH = "/_allauth/browser/v1/auth"
const empty = { template: "<i />" }
let posted: [string, unknown][]
let confirm: () => unknown

async function open(next = "") {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: ["/", "/sign-in", "/privacy", "/i/:token"].map((path) => ({ path, component: empty })),
  })
  await router.push(`/sign-in${next}`)
  const page = mount(SignInPage, { global: { plugins: [router] }, attachTo: document.body })
  await flushPromises()
  return { page, router }
}

beforeEach(() => {
  posted = []
  confirm = () => ({})
  fakeServer(({ method, path, body }) => {
    if (method === "POST") posted.push([path.replace(AUTH, ""), body])
    if (path.endsWith("/cast")) return [{ phone: "13800000001", label: "李秀珍 · 沈志强的母亲" }]
    if (path.endsWith("/code/request")) return Response.json({ status: 401 }, { status: 401 })
    if (path.endsWith("/code/confirm")) return confirm()
    return { id: 1, name: "", relatives: [], posts: [], organisations: [], officer: [] }
  })
})

it("lets one of the demo in with one tap, by the real way", async () => {
  const { page, router } = await open()
  await page.get(".person").trigger("click")
  await flushPromises()
  expect(posted).toEqual([
    ["/code/request", { phone: "13800000001" }],
    ["/code/confirm", { code: "246810" }],
  ])
  await expect.poll(() => router.currentRoute.value.path).toBe("/")
})

it("asks for a code, counts down, and moves on to the code", async () => {
  const { page } = await open()
  await page.get("[name=phone]").setValue("138 0000 0001")
  await page.get(".ask").trigger("click")
  await flushPromises()
  expect(page.get(".ask").text()).toBe("60 秒后重发")
  expect(page.get(".ask").attributes("disabled")).toBeDefined()
  expect(document.activeElement?.getAttribute("name")).toBe("code")
})

it("lets nobody tap in vain whose code was quicker than the answer", async () => {
  const { page, router } = await open("?next=/i/abc")
  await page.get("[name=phone]").setValue("13800000001")
  void page.get(".ask").trigger("click")
  await page.get("[name=code]").setValue("246810")
  await page.get("form").trigger("submit")
  await vi.waitFor(() => expect(router.currentRoute.value.fullPath).toBe("/i/abc"))
  expect(posted.map(([path]) => path)).toEqual(["/code/request", "/code/confirm"])
})

it("goes back to where the person came from", async () => {
  const { page, router } = await open("?next=/i/abc")
  expect(page.text()).toContain("接着看刚才那一页")
  await page.get("[name=code]").setValue("123456")
  await page.get("form").trigger("submit")
  await flushPromises()
  expect(router.currentRoute.value.fullPath).toBe("/i/abc")
})

it("says beside the field what is wrong, before and after asking the server", async () => {
  const { page } = await open()
  await page.get(".ask").trigger("click")
  expect(page.get("[role=alert]").text()).toBe("请输入 11 位手机号。")
  expect(document.activeElement?.getAttribute("name")).toBe("phone")
  confirm = () =>
    Response.json({ code: "invalid", message: "验证码不对。", fields: { code: "验证码不对。" } }, { status: 400 })
  await page.get("[name=code]").setValue("000000")
  await page.get("form").trigger("submit")
  await flushPromises()
  expect(page.get("[name=code]").attributes("aria-invalid")).toBe("true")
  expect(page.findAll("[role=alert]").map((each) => each.text())).toEqual(["验证码不对。"])
})

it("says when to come back after too many tries", async () => {
  confirm = () => refusing(429, "试得太多了，请过一会儿再试。")
  const { page } = await open()
  await page.get("[name=code]").setValue("000000")
  await page.get("form").trigger("submit")
  await flushPromises()
  expect(page.get("[role=alert]").text()).toBe("试得太多了，请过一会儿再试。")
})
