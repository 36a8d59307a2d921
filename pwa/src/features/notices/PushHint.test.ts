import { flushPromises, mount } from "@vue/test-utils"
import { beforeEach, expect, it, vi } from "vitest"
import PushHint from "./PushHint.vue"

let subscribed: object | null = null
let permission = "granted"

beforeEach(() => {
  localStorage.clear()
  vi.stubGlobal("Notification", {
    get permission() {
      return permission
    },
  })
  const pushManager = { getSubscription: async () => subscribed }
  const serviceWorker = { getRegistration: async () => ({ pushManager }) }
  Object.defineProperty(navigator, "serviceWorker", { value: serviceWorker, configurable: true })
})

async function hint() {
  const shown = mount(PushHint, { global: { stubs: { RouterLink: { template: "<a><slot /></a>" } } } })
  await flushPromises()
  return shown
}

it.each([
  ["granted", {}, false],
  ["granted", null, true],
  ["default", null, true],
])("with the permission %s and the subscription %j is shown: %s", async (allowed, mine, expected) => {
  permission = allowed
  subscribed = mine
  expect((await hint()).text().includes("让这部手机收到通知")).toBe(expected)
})

it("comes back a week after it was put off, not before", async () => {
  permission = "default"
  await (await hint()).get("button").trigger("click")
  expect((await hint()).text()).toBe("")
  const then = Date.now()
  vi.spyOn(Date, "now").mockReturnValue(then + 8 * 86_400_000)
  expect((await hint()).text()).toContain("让这部手机收到通知")
})
