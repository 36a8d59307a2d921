import { beforeEach, describe, expect, it, vi } from "vitest"
import { clicked, here, moved, received } from "./push"

const ORIGIN = "https://yizhan.test"
const told = { id: "n1", token: "t1", seq: 4, thread: "member:1:1", unread: 2 }
const notification = {
  title: "志强已到阳光家园",
  body: "08:12，陆老师在门口接到。",
  navigate: `${ORIGIN}/chat/member:1:1`,
  tag: "door-1",
  lang: "zh-CN",
  data: told,
}

const shown = vi.fn(async (_title: string, _options: NotificationOptions) => undefined)
const badge = vi.fn(async () => undefined)
const opened = vi.fn(async () => null)
const subscribe = vi.fn()
let pages: { focused: boolean; visibilityState: string; postMessage: (message: unknown) => void; focus: () => void }[] =
  []
let posted: { url: string; init: RequestInit }[] = []
let answers: (() => Promise<Response>)[] = []

function page(focused = false) {
  const open = {
    focused,
    visibilityState: focused ? "visible" : "hidden",
    postMessage: vi.fn(),
    focus: vi.fn(async () => undefined),
  }
  pages.push(open)
  return open
}

/** Runs an event's work to its end, as a browser does. */
async function happens(handler: (event: never) => void, event: object) {
  const work: Promise<unknown>[] = []
  handler({ ...event, waitUntil: (promise: Promise<unknown>) => work.push(promise) } as never)
  await Promise.all(work)
}

const arrives = (json: () => unknown) => happens(received, { data: { json } })

beforeEach(() => {
  vi.clearAllMocks()
  vi.useRealTimers()
  pages = []
  posted = []
  answers = []
  vi.stubGlobal("self", {
    location: { origin: ORIGIN },
    navigator: { setAppBadge: badge, clearAppBadge: badge },
    clients: { matchAll: async () => pages, openWindow: opened },
    cookieStore: { get: async () => ({ value: "csrf" }) },
    registration: { showNotification: shown, pushManager: { subscribe } },
  })
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    posted.push({ url, init })
    return (answers.shift() ?? (async () => new Response(null, { status: 204 })))()
  })
})

describe("a push", () => {
  it("is shown under its tag, confirmed with its token, told to open pages and counted on the icon", async () => {
    const open = page()
    await arrives(() => ({ web_push: 8030, notification }))
    expect(shown.mock.calls).toEqual([
      [
        "志强已到阳光家园",
        expect.objectContaining({
          body: notification.body,
          tag: "door-1",
          renotify: true,
          data: { ...told, navigate: notification.navigate },
        }),
      ],
    ])
    expect(posted[0]?.url).toBe("/api/notices/n1/receipts")
    expect(posted[0]?.init).toMatchObject({
      keepalive: true,
      credentials: "omit",
      body: '{"state":"delivered","token":"t1"}',
    })
    expect(open.postMessage).toHaveBeenCalledWith({ type: "push", about: told })
    expect(badge).toHaveBeenCalledWith(2)
  })

  it.each([
    ["no data", () => null],
    ["garbage", () => JSON.parse("{")],
    ["an empty message", () => ({})],
  ])("with %s still shows something", async (_what, json) => {
    await arrives(json)
    expect(shown.mock.calls).toEqual([["幸福驿站", expect.objectContaining({ body: "有一条新消息，请打开看看。" })]])
    expect(posted).toEqual([])
  })

  it("is shown plainly when the phone refuses the ornaments", async () => {
    shown.mockRejectedValueOnce(new TypeError())
    await arrives(() => ({ notification }))
    expect(shown.mock.calls.map(([title]) => title)).toEqual([notification.title, notification.title])
    expect(shown.mock.lastCall?.[1]).toEqual({
      body: notification.body,
      lang: "zh-CN",
      tag: "door-1",
      data: { ...told, navigate: notification.navigate },
    })
    expect(posted).toHaveLength(1)
  })

  it("that could not be shown is not confirmed, and open pages hear of it", async () => {
    const open = page()
    shown.mockRejectedValueOnce(new TypeError()).mockRejectedValueOnce(new TypeError())
    await arrives(() => ({ notification }))
    expect(posted).toEqual([])
    expect(open.postMessage).toHaveBeenCalledOnce()
  })

  it("confirms once more when nobody answered, and then leaves it", async () => {
    vi.useFakeTimers()
    answers = [() => Promise.reject(new TypeError()), async () => new Response(null, { status: 503 })]
    const work = arrives(() => ({ notification }))
    await vi.runAllTimersAsync()
    await work
    expect(posted).toHaveLength(2)
  })

  it("does not repeat what the server refused", async () => {
    answers = [async () => new Response(null, { status: 404 })]
    await arrives(() => ({ notification }))
    expect(posted).toHaveLength(1)
  })
})

describe("a tap on a notification", () => {
  const close = vi.fn()
  const tapped = (navigate?: string) =>
    happens(clicked, { notification: { close, data: { ...told, ...(navigate ? { navigate } : {}) } } })

  it("leads the open page to the conversation and says that it was seen", async () => {
    page()
    const watched = page(true)
    await tapped(notification.navigate)
    expect(watched.postMessage).toHaveBeenCalledWith({ type: "navigate", to: "/chat/member:1:1" })
    expect(watched.focus).toHaveBeenCalledOnce()
    expect(posted.map(({ init }) => init.body)).toEqual(['{"state":"seen","token":"t1"}'])
    expect([close.mock.calls.length, opened.mock.calls.length]).toEqual([1, 0])
  })

  it("opens the app where none is open", async () => {
    await tapped(notification.navigate)
    expect(opened).toHaveBeenCalledWith("/chat/member:1:1")
  })

  it("never leaves this app", () => {
    expect([here("https://evil.test/steal?x=1"), here("/door")]).toEqual(["/steal?x=1", "/door"])
  })
})

describe("a subscription that the browser changed", () => {
  const old = { options: { applicationServerKey: new ArrayBuffer(3) } }

  it("is made again with the same key and saved", async () => {
    subscribe.mockResolvedValue({ toJSON: () => ({ endpoint: "https://push.test/2" }) })
    await happens(moved, { oldSubscription: old })
    expect(subscribe).toHaveBeenCalledWith({
      userVisibleOnly: true,
      applicationServerKey: old.options.applicationServerKey,
    })
    expect(posted[0]).toMatchObject({
      url: "/api/push/subscriptions",
      init: { body: '{"endpoint":"https://push.test/2"}' },
    })
  })

  it("is left to an open page where this worker cannot", async () => {
    const open = page()
    await happens(moved, {})
    expect(open.postMessage).toHaveBeenCalledWith({ type: "resubscribe", about: null })
  })
})
