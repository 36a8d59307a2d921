import { flushPromises, mount } from "@vue/test-utils"
import { beforeEach, expect, it, vi } from "vitest"
import { forgetEverything } from "@/api/db"
import { me } from "@/api/session"
import { fakeServer, OFFLINE } from "@/api/test/fakeServer"
import type { Me } from "@/api/types"
import StaffNews from "./StaffNews.vue"

let cut: boolean

beforeEach(async () => {
  await forgetEverything()
  cut = false
  // Another Home each time: what was known of the last one must not be.
  const id = Math.floor(Math.random() * 1e9)
  const home = { id, name: "阳光家园", phone: "", area: "" }
  me.value = { id, posts: [{ id: 7, home, role: "carer", title: "陆老师", has_pin: true }] } as unknown as Me
  fakeServer(() => (cut ? OFFLINE : []))
})

function open() {
  return mount(StaffNews, { global: { stubs: { RouterLink: { template: "<a><slot /></a>" } } } })
}

it("does not say that everybody was reached while nobody has answered", async () => {
  cut = true
  const news = open()
  expect(news.text()).toContain("正在看…")
  await vi.waitFor(() => expect(news.text()).toContain("还不知道，没连上"))
  expect(news.text()).not.toContain("家属都收到了")
  expect(news.find(".unsure").exists()).toBe(true)
})

it("says it after an answer, and of when it is once nobody answers any more", async () => {
  const news = open()
  await vi.waitFor(() => expect(news.text()).toContain("家属都收到了"))
  expect(news.find(".unsure").exists()).toBe(false)
  cut = true
  window.dispatchEvent(new Event("focus"))
  await vi.waitFor(() => expect(news.text()).toContain("家属都收到了。没连上，这是刚刚的情况"))
  await flushPromises()
  expect(news.find(".unsure").exists()).toBe(true)
})
