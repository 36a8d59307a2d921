import { flushPromises, mount } from "@vue/test-utils"
import { beforeEach, expect, it, vi } from "vitest"
import { ref } from "vue"
import { createMemoryHistory, createRouter } from "vue-router"
import { RetryQueue } from "@/api/retryQueue"
import { me, signedIn } from "@/api/session"
import { enqueue, taps } from "@/api/tapQueue"
import { fakeServer, OFFLINE } from "@/api/test/fakeServer"
import type { Me } from "@/api/types"
import { uuid7 } from "@/api/uuid7"
import DevicesPage from "./DevicesPage.vue"
import SignOut from "./SignOut.vue"
import WatchersPage from "./WatchersPage.vue"

const seen = new Date().toISOString()
const device = { label: "老手机", this: false, held: false, shared: false, created_at: seen, seen_at: seen }
const mine = { id: 11, member: { id: 1, short_name: "志强" }, home: { name: "阳光家园", phone: "0573" } }
let cut: boolean
let ended: string[]

beforeEach(() => {
  cut = false
  ended = []
  document.body.innerHTML = ""
  me.value = { id: 2, relatives: [mine], posts: [] } as unknown as Me
  signedIn.value = true
  fakeServer(({ method, path }) => {
    if (cut) return OFFLINE
    if (method !== "GET") ended.push(`${method} ${path}`)
    if (method !== "GET") return undefined
    if (path.endsWith("/devices")) return [{ ...device, id: 5 }]
    return [{ relation: "妈妈", name: "李秀珍", me: true }]
  })
})

async function open(page: object, props = {}) {
  const routes = [{ path: "/:rest(.*)*", component: { render: () => null } }]
  const router = createRouter({ history: createMemoryHistory(), routes })
  const shown = mount(page, { props, global: { plugins: [router] }, attachTo: document.body })
  await flushPromises()
  await vi.waitFor(() => expect(shown.findAll("button").length).toBeGreaterThan(0))
  return shown
}
type Shown = Awaited<ReturnType<typeof open>>

async function press(page: Shown, word: string) {
  const button = page
    .findAll("button")
    .filter((each) => each.text() === word)
    .at(-1)
  if (!button) throw new Error(`no button ${word}: ${page.text()}`)
  await button.trigger("click")
  await flushPromises()
}
const told = (page: Shown) => page.find("dialog[open] [role=alert]")

it.each([
  ["a device", DevicesPage, {}, ["退出", "确认退出"]],
  ["all devices", DevicesPage, {}, ["退出所有设备", "确认退出"]],
  ["a bond", WatchersPage, { member: "1" }, ["我不再接收志强的通知", "解除绑定"]],
  ["a session", SignOut, {}, ["退出登录", "退出登录"]],
])("says in the sheet itself why it could not end %s", async (_what, view, props, words) => {
  const page = await open(view, props)
  if (view !== SignOut) await vi.waitFor(() => expect(page.text()).toContain(words[0]))
  cut = true
  for (const word of words) await press(page, word)
  await vi.waitFor(() => expect(told(page).text()).toBe("网络断开了，请看看网络，再试一次。"))
})

it("ends a device that was chosen, and forgets what went wrong before", async () => {
  const page = await open(DevicesPage)
  await vi.waitFor(() => expect(page.text()).toContain("老手机"))
  cut = true
  await press(page, "退出")
  await press(page, "确认退出")
  await vi.waitFor(() => expect(told(page).exists()).toBe(true))
  cut = false
  await press(page, "先不退出")
  await press(page, "退出")
  expect(told(page).exists()).toBe(false)
  await press(page, "确认退出")
  await vi.waitFor(() => expect(page.find("dialog[open]").exists()).toBe(false))
  expect(ended).toEqual(["DELETE /api/me/devices/5"])
})

it("says before signing out what stays on this device and what goes", async () => {
  const tap = { home: 1, member: 1, kind: "arrived", occurred_at: seen } as const
  await enqueue({ ...tap, id: uuid7() })
  await enqueue({ ...tap, id: uuid7() })
  await vi.waitFor(() => expect(taps.value).toHaveLength(2))
  const page = await open(SignOut)
  await press(page, "退出登录")
  const words = page.get("dialog[open]").text()
  expect(words).toContain("还有 2 条未上传。它们留在这台设备里，下次家园的老师在这里登录时自动上传。")
  expect(words).toContain("这台设备不再收到通知，存在这里的消息也会清掉")
  expect(ended).toEqual([])
})

it("says before signing out how many photos would be lost, and its button says so, too", async () => {
  const photos = ref(3)
  new RetryQueue({
    name: "photos",
    reload: async () => undefined,
    next: () => undefined,
    count: () => photos.value,
    farewell: (count) => `还有 ${count} 张照片或文字没有发出去，只存在这台设备里，现在退出就没有了。`,
    isLost: true,
  })
  const page = await open(SignOut)
  await press(page, "退出登录")
  expect(page.get("dialog[open]").text()).toContain(
    "还有 3 张照片或文字没有发出去，只存在这台设备里，现在退出就没有了。",
  )
  await press(page, "先不退出")
  expect(ended).toEqual([])
  await press(page, "退出登录")
  await press(page, "不要这些照片，退出登录")
  await vi.waitFor(() => expect(ended).toEqual(["DELETE /_allauth/browser/v1/auth/session"]))
  photos.value = 0
})
