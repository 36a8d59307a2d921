import { flushPromises, mount } from "@vue/test-utils"
import { beforeEach, expect, it, vi } from "vitest"
import { createMemoryHistory, createRouter } from "vue-router"
import { me } from "@/api/session"
import { fakeServer, OFFLINE, refusing } from "@/api/test/fakeServer"
import type { Me } from "@/api/types"
import { KEY, SEAL, statement } from "./testing"
import VerifyPage from "./VerifyPage.vue"

let keys: () => unknown
let verified: () => unknown
let numbered: () => unknown
let revoked: unknown[]
const forged = { state: "forged", statement: null, revoked_at: null, reason: "" }
const { homes: _, services: _s, trainings: _t, honours: _h, ...stated } = statement

beforeEach(() => {
  keys = () => ({ keys: [KEY] })
  verified = () => ({ ...forged, state: "valid", statement })
  numbered = () => ({ ...stated, name: "徐*", state: "valid", revoked_at: null, reason: "" })
  revoked = []
  fakeServer(({ path, body }) => {
    if (path.endsWith("/revocation")) return void revoked.push(body)
    if (path.endsWith("/keys")) return keys()
    return path.endsWith("/verify") ? verified() : numbered()
  })
})

async function open(seal: string) {
  const routes = [{ path: "/:rest(.*)*", component: { render: () => null } }]
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push(`/verify#${seal}`)
  const page = mount(VerifyPage, { global: { plugins: [router] } })
  await vi.waitFor(async () => {
    await flushPromises()
    expect(page.find(".skeleton").exists()).toBe(false)
  })
  await flushPromises()
  return page
}

it("says that it holds, and shows what to compare with the paper", async () => {
  const page = await open(SEAL)
  expect(page.get("h2").text()).toBe("证明有效")
  expect(page.text()).toContain("2 小时 26 分")
  expect(page.text()).toContain("周六义诊")
})

it("says what it knows without a network, once the keys were fetched", async () => {
  await open(SEAL)
  keys = verified = () => OFFLINE
  const page = await open(SEAL)
  expect(page.get("h2").text()).toBe("签名有效，撤销状态未查")
  expect(page.text()).toContain("徐明")
})

it("says when it was revoked, and why", async () => {
  verified = () => ({ ...forged, state: "revoked", statement, reason: "记录更正了" })
  const page = await open(SEAL)
  expect(page.get("h2").text()).toBe("证明已作废")
  expect(page.text()).toContain("原因：记录更正了")
})

it("says that a changed one is not genuine, online and offline", async () => {
  verified = () => forged
  expect((await open(`${SEAL.slice(0, 40)}x${SEAL.slice(41)}`)).get("h2").text()).toBe("不是真的证明")
  verified = () => OFFLINE
  expect((await open(`${SEAL.slice(0, 40)}x${SEAL.slice(41)}`)).get("h2").text()).toBe("不是真的证明")
})

it("asks the server where this browser cannot check, and says so where it cannot be asked", async () => {
  vi.spyOn(crypto.subtle, "importKey").mockRejectedValue(new DOMException("", "NotSupportedError"))
  expect((await open(SEAL)).get("h2").text()).toBe("证明有效")
  verified = () => OFFLINE
  expect((await open(SEAL)).get("[role=alert]").text()).toContain("网络断开了")
  vi.restoreAllMocks()
})

it("looks a number up, with half the name", async () => {
  const page = await open("")
  await page.get("input").setValue("26-7kq2m-9xd4t")
  await page.get("form").trigger("submit")
  await flushPromises()
  expect(page.get("h2").text()).toBe("证明有效")
  expect(page.text()).toContain("徐*")
  numbered = () => refusing(404, "没有这个编号的证明，请核对编号，或扫证明上的码。")
  await page.get("form").trigger("submit")
  await flushPromises()
  expect(page.get("[role=alert]").text()).toContain("没有这个编号的证明")
})

it("lets a manager revoke it, with a reason, and looks again", async () => {
  HTMLDialogElement.prototype.showModal = function show() {
    this.open = true
  }
  HTMLDialogElement.prototype.close = function close() {
    this.open = false
  }
  const revoke = (page: Awaited<ReturnType<typeof open>>) =>
    page.findAll("button").find((each) => each.text() === "作废这份证明")
  expect(revoke(await open(SEAL))).toBeUndefined()
  me.value = { officer: [], posts: [{ role: "manager" }] } as unknown as Me
  const page = await open(SEAL)
  await revoke(page)?.trigger("click")
  await vi.waitFor(() => expect(page.find("dialog form").exists()).toBe(true))
  await page.get("dialog form").trigger("submit")
  expect(page.get("dialog [role=alert]").text()).toBe("请写一句为什么，核验的人会看到。")
  await page.get("dialog input").setValue("冒用他人名义")
  verified = () => ({ ...forged, state: "revoked", statement, reason: "冒用他人名义" })
  await page.get("dialog form").trigger("submit")
  await vi.waitFor(() => expect(page.get("h2").text()).toBe("证明已作废"))
  expect(revoked).toEqual([{ reason: "冒用他人名义" }])
  me.value = null
})
