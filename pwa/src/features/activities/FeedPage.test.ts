import { mount, type VueWrapper } from "@vue/test-utils"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { createMemoryHistory, createRouter } from "vue-router"
import { fakeServer } from "@/api/test/fakeServer"
import FeedPage from "./FeedPage.vue"

const URL = "https://yizhan.test/calendar/a-secret.ics"
let active: boolean
let page: VueWrapper

beforeEach(() => {
  active = false
  fakeServer(({ method }) => {
    active = method === "GET" ? active : method === "POST"
    return method === "GET" ? { active, since: null } : method === "POST" ? { url: URL } : undefined
  })
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: "/", component: FeedPage }] })
  page = mount(FeedPage, { global: { plugins: [router] }, attachTo: document.body })
})
afterEach(() => page.unmount())

async function tap(words: string) {
  await vi.waitFor(() => expect(page.text()).toContain(words))
  await page
    .findAll("button")
    .find((each) => each.text() === words)
    ?.trigger("click")
}

it("makes an address that the phone's own calendar opens, and ends it", async () => {
  await tap("要一个订阅地址")
  await vi.waitFor(() => expect(page.text()).toContain(URL))
  expect(page.get("a").attributes("href")).toBe("webcal://yizhan.test/calendar/a-secret.ics")
  await tap("停止订阅")
  await vi.waitFor(() => expect(page.text()).not.toContain(URL))
  await vi.waitFor(() => expect(page.text()).toContain("要一个订阅地址"))
})
