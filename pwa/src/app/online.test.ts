import { flushPromises, mount } from "@vue/test-utils"
import { beforeEach, describe, expect, it, vi } from "vitest"
import { set } from "@/api/session"
import { fakeServer, OFFLINE } from "@/api/test/fakeServer"
import type { Me } from "@/api/types"
import { turnOff } from "@/features/account/push"
import SignOut from "@/features/account/SignOut.vue"
import { router } from "./router"

const CHECKED_IN = { effect: "claimed", kind: "in", at: "2026-11-28T01:00:00Z", message: "收到了。", minutes: null }
/** A browser that lost this phone's subscription and kept the permission. */
const address = { endpoint: "https://push.test/2", keys: { p256dh: "p", auth: "a" } }
const subscribed = {
  toJSON: () => address,
  unsubscribe: async () => {
    mine = null
  },
}
const subscribe = vi.fn(async () => {
  mine = subscribed
  return mine
})
let mine: typeof subscribed | null = null
const registration = {
  pushManager: { getSubscription: async () => mine, subscribe },
  getNotifications: async () => [],
}
const worker = Object.assign(new EventTarget(), {
  ready: Promise.resolve(registration),
  getRegistration: async () => registration,
})
const persist = vi.fn(async () => true)
const mother = { id: 1, posts: [], relatives: [] } as unknown as Me
const teacher = { id: 2, posts: [{ id: 7, home: { id: 1 } }], relatives: [] } as unknown as Me
const visitor = { id: 3, posts: [], relatives: [] } as unknown as Me
let saved: unknown[] = []
/** Check-ins that came to the server; null while nobody answers. */
let checkedIn: unknown[] | null = []
let online: typeof import("./online")

beforeEach(async () => {
  vi.clearAllMocks()
  mine = null
  saved = []
  checkedIn = []
  vi.stubGlobal("Notification", { permission: "granted", requestPermission: async () => "granted" })
  vi.stubGlobal("PushManager", class {})
  vi.stubGlobal(
    "WebSocket",
    class {
      close() {}
    },
  )
  Object.defineProperty(navigator, "serviceWorker", { value: worker, configurable: true })
  Object.defineProperty(navigator, "storage", { value: { persist }, configurable: true })
  fakeServer(({ method, path, body }) => {
    if (path.endsWith("/check-ins")) return checkedIn ? checkedIn.push(body) && CHECKED_IN : OFFLINE
    if (path === "/api/push") return { key: "AQAB", subscriptions: saved.length ? [{ id: 5, this_device: true }] : [] }
    if (method === "DELETE") saved = []
    if (path === "/api/push/subscriptions") saved.push(body)
    return path === "/api/notices" ? { epoch: "e", oldest: 1, latest: 0, items: [] } : {}
  })
  online = await import("./online")
  return online.goOffline
})

const settled = () => vi.waitFor(() => expect(saved).toHaveLength(1))

it("asks for another address after a sign-in when the phone is still allowed to speak", async () => {
  set(mother)
  await online.goOnline(mother, true, router)
  await settled()
  expect([subscribe.mock.calls.length, saved]).toEqual([1, [address]])
})

it("asks for another address when the worker lost it, and not when the person turned it off", async () => {
  set(mother)
  await online.goOnline(mother, false, router)
  worker.dispatchEvent(new MessageEvent("message", { data: { type: "resubscribe" } }))
  await settled()
  expect([subscribe.mock.calls.length, saved]).toEqual([1, [address]])
  await turnOff()
  worker.dispatchEvent(new MessageEvent("message", { data: { type: "resubscribe" } }))
  await flushPromises()
  expect([subscribe.mock.calls.length, saved]).toEqual([1, []])
})

it("asks the browser to keep what waits at a door", async () => {
  await online.goOnline(mother, true, router)
  expect(persist).not.toHaveBeenCalled()
  await online.goOnline(teacher, true, router)
  expect(persist).toHaveBeenCalledOnce()
})

it("takes up the photos that a teacher has not sent, and forgets them with the teacher", async () => {
  const { all, keep } = await import("@/features/moments/drafts")
  const draft = { home: 1, text: "大丰收", therapy: "" as const, session: null, photos: [] }
  await keep({ id: "1", user: teacher.id, ...draft })
  await keep({ id: "2", user: mother.id, ...draft })
  set(teacher)
  await online.goOnline(teacher, true, router)
  await vi.waitFor(async () => expect((await all()).map(({ id }) => id)).toEqual(["1"]))
  await online.goOffline()
  expect(await all()).toEqual([])
})

describe("a code scanned without a network", () => {
  beforeEach(async () => {
    const { checkIn, drop, offline } = await import("@/features/volunteering/checkins/checkins")
    set(visitor)
    checkedIn = null
    await checkIn("019a0000-0000-7000-8000-000000000001", "in", "6029")
    return () => Promise.all(offline.value.map(({ id }) => drop(id)))
  })

  it("goes up once somebody answers, whatever page is open", async () => {
    await online.goOnline(visitor, false, router)
    checkedIn = []
    window.dispatchEvent(new Event("online"))
    await vi.waitFor(() => expect(checkedIn).toMatchObject([{ kind: "in", code: "6029", offline: true }]))
  })

  it("goes up when the app is opened again", async () => {
    checkedIn = []
    await online.goOnline(visitor, true, router)
    await vi.waitFor(() => expect(checkedIn).toMatchObject([{ offline: true }]))
  })

  it("is told of before signing out", async () => {
    await online.goOnline(visitor, false, router)
    const sheet = mount(SignOut, { attachTo: document.body })
    await sheet.get("button").trigger("click")
    await vi.waitFor(() =>
      expect(sheet.get("dialog").text()).toContain("还有 1 次签到、签退没有上传。它们留在这台设备里"),
    )
    sheet.unmount()
  })
})
