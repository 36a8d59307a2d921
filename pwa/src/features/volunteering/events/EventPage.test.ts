import { flushPromises, mount, type VueWrapper } from "@vue/test-utils"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { createMemoryHistory, createRouter } from "vue-router"
import { forgetEverything } from "@/api/db"
import { me } from "@/api/session"
import { fakeServer } from "@/api/test/fakeServer"
import type { Me } from "@/api/types"
import { event, NOW, shift } from "../testing"
import EventPage from "./EventPage.vue"
import type { Event } from "./events"

const AFTER = NOW + 7 * 86_400_000
const DONE: Partial<Event> = { state: "done", takes_names: false }
const mine = { id: "s1", status: "confirmed" as const }
let page: VueWrapper

beforeEach(async () => {
  await forgetEverything()
  me.value = { id: Math.random(), relatives: [], posts: [], officer: [], organisations: [] } as unknown as Me
})
afterEach(() => {
  page.unmount()
  vi.useRealTimers()
})

async function open(changes: Partial<Event>, now = NOW) {
  vi.useFakeTimers({ now, toFake: ["Date"] })
  fakeServer(({ path }) => (path === "/api/me/volunteer" ? { profile: null } : event(changes)))
  const routes = [{ path: "/:rest(.*)*", component: { render: () => null } }]
  const router = createRouter({ history: createMemoryHistory(), routes })
  page = mount(EventPage, { props: { id: event().id }, global: { plugins: [router] } })
  await flushPromises()
  await vi.waitFor(() => expect(page.text()).toContain("周六义诊与陪伴日"))
}
const leads = () => page.findAll("a").some((each) => each.attributes("href")?.endsWith("/afterwards"))

it("leads who was expected to what remains, once it has begun", async () => {
  await open({ shifts: [shift(1, { mine })] })
  expect(leads()).toBe(false)
  page.unmount()
  await open({ ...DONE, shifts: [shift(1, { mine })] }, AFTER)
  expect(leads()).toBe(true)
  page.unmount()
  await open({ ...DONE, shifts: [shift(1, { mine: { ...mine, status: "waitlisted" } })] }, AFTER)
  expect(leads()).toBe(false)
})

it("misses nobody any more when it is over", async () => {
  await open({})
  expect(page.text()).toContain("还差 3 人")
  expect(page.text()).toContain("前一点就行")
  page.unmount()
  await open(DONE, AFTER)
  expect(page.text()).not.toMatch(/还差|前一点就行|分享给大家|选择岗位/)
})
