import { afterEach, expect, it, vi } from "vitest"
import { fakeServer } from "@/api/test/fakeServer"
import { push, turnOn } from "./push"

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  Reflect.deleteProperty(navigator, "serviceWorker")
})

it("says that this phone cannot be reached when its push service answers neither yes nor no", async () => {
  vi.useFakeTimers()
  const subscribe = vi.fn(() => new Promise(() => undefined))
  const pushManager = { getSubscription: async () => null, subscribe }
  const ready = Promise.resolve({ pushManager })
  Object.defineProperty(navigator, "serviceWorker", { configurable: true, value: { ready } })
  vi.stubGlobal("Notification", { permission: "granted", requestPermission: async () => "granted" })
  fakeServer(() => ({ key: "-_8A", subscriptions: [] }))
  const asked = turnOn()
  await vi.waitFor(() => expect(subscribe).toHaveBeenCalledOnce())
  await vi.advanceTimersByTimeAsync(15_000)
  await asked
  expect(push.value).toBe("unreachable")
})
