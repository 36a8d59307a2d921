import { flushPromises, mount, type VueWrapper } from "@vue/test-utils"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { createMemoryHistory, createRouter } from "vue-router"
import { forgetEverything } from "@/api/db"
import { me } from "@/api/session"
import { fakeServer, OFFLINE } from "@/api/test/fakeServer"
import type { Me } from "@/api/types"
import { at, event, NOW } from "../testing"
import OrganisationVisitsPage from "./OrganisationVisitsPage.vue"
import type { Visit } from "./organisations"

const visit = (id: string, day: string, changes: Partial<Visit> = {}): Visit => ({
  id,
  title: "陪伴散步",
  kind: "company",
  home: event().home,
  starts_at: at("09:00", day),
  ends_at: at("11:00", day),
  people: 2,
  minutes: 231,
  thanks: null,
  ...changes,
})
let leads: boolean
let down: boolean
let past: Record<number, { items: Visit[]; next: string | null }>
let coming: Visit[]
let page: VueWrapper

beforeEach(async () => {
  vi.useFakeTimers({ now: NOW, toFake: ["Date"] })
  await forgetEverything()
  me.value = { id: Math.random(), relatives: [], posts: [], officer: [], organisations: [] } as unknown as Me
  leads = true
  down = false
  past = { 0: { items: [visit("a", "2026-11-21", { thanks: "谢谢大家" })], next: null } }
  coming = [visit("c", "2026-12-05", { people: 5, minutes: 0 })]
  fakeServer(({ query }) => {
    if (down) return OFFLINE
    const found = query.get("past") === "true" ? past[Number(query.get("after") ?? 0)] : { items: coming, next: null }
    return { ...found, leads }
  })
})
afterEach(() => {
  page.unmount()
  vi.useRealTimers()
})

async function open() {
  const routes = [{ path: "/:rest(.*)*", component: { render: () => null } }]
  const router = createRouter({ history: createMemoryHistory(), routes })
  page = mount(OrganisationVisitsPage, { props: { id: 9 }, global: { plugins: [router] } })
  await vi.waitFor(() => expect(page.find(".skeleton").exists()).toBe(false))
}
const links = () => page.findAll("a.cell").map((each) => each.attributes("href"))

it("shows where it has been: Home, day, people, hours, thanks", async () => {
  await open()
  expect(page.get("a.cell").text()).toBe("阳光家园11月21日 周六 09:00–11:00陪伴散步 · 2 人 · 3 小时 51 分谢谢大家")
  expect(page.get("h2").text()).toBe("2026 年 · 1 次")
})

it("leads who coordinates it to what remains, and others to the visit", async () => {
  await open()
  expect(links()).toEqual(["/service/a/afterwards"])
  page.unmount()
  await forgetEverything()
  me.value = { ...me.value, id: Math.random() } as Me
  await flushPromises()
  leads = false
  await open()
  expect(links()).toEqual(["/service/a"])
})

it("shows where it goes", async () => {
  await open()
  await page.get("input[value=coming]").trigger("change")
  await vi.waitFor(() => expect(links()).toEqual(["/service/c"]))
  expect(page.get("a.cell").text()).toContain("陪伴散步 · 5 人")
})

it("reads on, year by year", async () => {
  past = {
    0: { items: [visit("a", "2026-11-21")], next: "30" },
    30: { items: [visit("b", "2025-12-06")], next: null },
  }
  await open()
  expect(page.findAll("h2").map((each) => each.text())).toEqual(["2026 年"])
  await page
    .findAll("button")
    .find((each) => each.text() === "再看早一些的")
    ?.trigger("click")
  await flushPromises()
  await vi.waitFor(() =>
    expect(page.findAll("h2").map((each) => each.text())).toEqual(["2026 年 · 1 次", "2025 年 · 1 次"]),
  )
  expect(page.text()).not.toContain("再看早一些的")
})

it("says what to do where there was none yet, and when the network is down", async () => {
  past = { 0: { items: [], next: null } }
  await open()
  expect(page.text()).toContain("还没有去过")
  page.unmount()
  await forgetEverything()
  me.value = { ...me.value, id: Math.random() } as Me
  await flushPromises()
  down = true
  await open()
  expect(page.text()).toContain("网络断开了")
})
