import { flushPromises } from "@vue/test-utils"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { forgetEverything } from "@/api/db"
import { me } from "@/api/session"
import { fakeServer } from "@/api/test/fakeServer"
import type { Me } from "@/api/types"
import { button, look, type Seen } from "../records/testing"
import { NOW, profile } from "../testing"
import Papers from "./Papers.vue"
import ProfilePage from "./ProfilePage.vue"

const home = { id: 1, name: "阳光家园", address: "", phone: "" }
const paper = (id: number, changes = {}) => ({
  ...{ id, kind: "medical", valid_until: "2027-11-28", home, state: "shown", reason: "" },
  ...changes,
})
let page: Seen
let waiting: unknown[]
let sent: { what: string; body: unknown }[]

beforeEach(async () => {
  await forgetEverything()
  vi.useFakeTimers({ now: NOW, toFake: ["Date"] })
  me.value = { id: Math.random(), name: "徐明", posts: [], organisations: [], officer: [] } as unknown as Me
  waiting = [{ credential: paper(3), name: "徐明" }]
  sent = []
  const credentials = [paper(1, { state: "checked" }), paper(2, { state: "checked", valid_until: "2026-11-24" })]
  fakeServer(({ method, path, body }) => {
    if (method !== "GET") sent.push({ what: `${method} ${path}`, body })
    if (path === "/api/me/volunteer") return { profile: profile({ credentials } as object) }
    if (path === "/api/homes-to-visit") return [{ home, area: "南湖区", last: null, wishes: 0, planned: false }]
    return method === "GET" ? waiting : {}
  })
})
afterEach(() => {
  page.unmount()
  vi.useRealTimers()
})

const press = async (words: string) => {
  await button(page, words)?.trigger("click")
  await flushPromises()
}

it("lets staff who saw the paper say so", async () => {
  page = await look(Papers, { home: 1 })
  await vi.waitFor(() => expect(page.text()).toContain("徐明 · 医护证有效期到 2027年11月28日"))
  await press("徐明的医护证看过了")
  expect(sent).toEqual([{ what: "PUT /api/credentials/3/check", body: { accepted: true, reason: "" } }])
})

it("asks what is wrong with one that is not good", async () => {
  page = await look(Papers, { home: 1 })
  await vi.waitFor(() => expect(page.text()).toContain("徐明 · 医护证"))
  await press("徐明的医护证不对")
  await page.get("dialog form").trigger("submit")
  expect([sent, page.get("dialog [role=alert]").text()]).toEqual([[], "请写一句原因，对方好补上。"])
  await page.get("dialog input").setValue("有效期过了")
  await page.get("dialog form").trigger("submit")
  await flushPromises()
  expect(sent).toEqual([{ what: "PUT /api/credentials/3/check", body: { accepted: false, reason: "有效期过了" } }])
})

it("tells a volunteer which paper has run out, and takes another", async () => {
  page = await look(ProfilePage)
  expect(page.text()).toContain("已核对，有效期到 2027年11月28日")
  expect(page.text()).toContain("过期了，请登记新的，有效期到 2026年11月24日")
  await press("登记一张证")
  await page.get("dialog input[type=date]").setValue("2028-01-01")
  await page.findAll("dialog select")[1]?.setValue("1")
  await page.get("dialog form").trigger("submit")
  await flushPromises()
  expect(sent).toEqual([
    { what: "POST /api/me/credentials", body: { kind: "medical", valid_until: "2028-01-01", home: 1 } },
  ])
})
