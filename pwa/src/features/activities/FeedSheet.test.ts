import { mount, type VueWrapper } from "@vue/test-utils"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { pretendServer } from "@/api/pretend"
import FeedSheet from "./FeedSheet.vue"

const URL = "https://yizhan.test/calendar/a-secret.ics"
let active: boolean
let sheet: VueWrapper

beforeEach(() => {
  active = false
  pretendServer(({ method }) => {
    active = method === "GET" ? active : method === "POST"
    return method === "GET" ? { active, since: null } : method === "POST" ? { url: URL } : undefined
  })
  sheet = mount(FeedSheet, { props: { modelValue: true }, attachTo: document.body })
})
afterEach(() => sheet.unmount())

async function tap(words: string) {
  await vi.waitFor(() => expect(sheet.text()).toContain(words))
  await sheet
    .findAll("button")
    .find((each) => each.text() === words)
    ?.trigger("click")
}

it("makes an address that the phone's own calendar opens, and ends it", async () => {
  await tap("要一个订阅地址")
  await vi.waitFor(() => expect(sheet.text()).toContain(URL))
  expect(sheet.get("a").attributes("href")).toBe("webcal://yizhan.test/calendar/a-secret.ics")
  await tap("停止订阅")
  await vi.waitFor(() => expect(sheet.text()).not.toContain(URL))
  await vi.waitFor(() => expect(sheet.text()).toContain("要一个订阅地址"))
})
