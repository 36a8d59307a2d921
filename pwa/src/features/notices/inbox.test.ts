import { flushPromises } from "@vue/test-utils"
import { beforeEach, describe, expect, it, vi } from "vitest"
import { forgetEverything } from "@/api/db"
import { closeInbox, listen, markSeen, notices, openInbox, sync, unread } from "@/api/inbox"
import { type Frame, Live } from "@/api/live"
import { fakeServer, OFFLINE } from "@/api/test/fakeServer"
import type { NoticeItem } from "@/api/types"
import { notice } from "./testing"

let stored: NoticeItem[] = []
let person = 500
/** What was posted, and whether anybody answers. */
let posted: { path: string; body: unknown }[] = []
let reachable = true

/** The socket's place: frames are put in by hand, what is said is heard while it is open. */
class Wire extends Live {
  open = false
  said: Frame[] = []
  private heard = new Map<string, (frame: Frame) => void>()
  constructor() {
    super(
      () => "ws://home.test/ws",
      async () => ({}),
      async () => false,
    )
  }
  override on(type: string, listener: (frame: Frame) => void) {
    this.heard.set(type, listener)
    return () => this.heard.delete(type)
  }
  override say(message: Frame) {
    if (this.open) this.said.push(message)
    return this.open
  }
  bring(type: string, frame: Record<string, unknown>) {
    this.heard.get(type)?.({ type, ...frame })
  }
}

const wire = new Wire()
const frame = (seq: number, changes: Partial<NoticeItem> = {}) =>
  wire.bring("notice", { seq, notice: notice(seq, changes) })
const shown = () => notices.value.map(({ seq }) => seq)

beforeEach(async () => {
  closeInbox()
  await forgetEverything()
  stored = [notice(1), notice(2)]
  posted = []
  reachable = true
  Object.assign(wire, { open: false, said: [] })
  fakeServer(({ method, path, body, query }) => {
    if (!reachable) return OFFLINE
    if (method !== "GET") {
      posted.push({ path, body })
      return undefined
    }
    const items = stored.filter(({ seq }) => seq > Number(query.get("after"))).slice(0, Number(query.get("limit")))
    return { epoch: "e1", oldest: 1, latest: stored.at(-1)?.seq ?? 0, items }
  })
  listen(wire)
  person += 1
  await openInbox(person)
  await sync()
  posted = []
})

describe("the inbox behind the conversations", () => {
  it("takes what comes live, in whatever order the frames overtake each other", () => {
    frame(4)
    expect(shown()).toEqual([2, 1])
    frame(3)
    expect(shown()).toEqual([4, 3, 2, 1])
  })

  it("asks for what a gap hides when the missing frame does not come", async () => {
    stored.push(notice(3), notice(4))
    frame(4)
    expect(shown()).toEqual([2, 1])
    await vi.waitFor(() => expect(shown()).toEqual([4, 3, 2, 1]))
  })

  it("shows a repeated frame once", () => {
    frame(3)
    frame(3)
    expect(shown()).toEqual([3, 2, 1])
  })

  it("counts unread once per tag, and no more what another phone has seen", async () => {
    frame(3, { tag: "door-2", kind: "correction" })
    expect(unread.value).toBe(2)
    wire.bring("seen", { upto: 2, thread: "member:1:1" })
    await vi.waitFor(() => expect(unread.value).toBe(1))
    await markSeen("member:1:1")
    expect(unread.value).toBe(0)
  })

  it("leaves other conversations unread", async () => {
    frame(3, { thread: "member:2:1" })
    await markSeen("member:1:1")
    expect(unread.value).toBe(1)
  })
})

describe("what this phone has to say", () => {
  const ready = () => wire.bring("ready", { epoch: "e1", latest: 3 })
  const delivered = { path: "/api/notices/notice-3/receipts", body: { state: "delivered" } }
  const seen = { path: "/api/notices/seen", body: { upto: 2, thread: "member:1:1" } }

  it("is said again after the next connection when it did not get through", async () => {
    reachable = false
    frame(3)
    await flushPromises()
    reachable = true
    ready()
    await flushPromises()
    expect(posted).toEqual([delivered])
    ready()
    await flushPromises()
    expect(posted).toEqual([delivered])
  })

  it("is said again after the next connection until the server was surely there to hear it", async () => {
    const receipt = { type: "receipt", id: "notice-3", state: "delivered" }
    wire.open = true
    frame(3)
    wire.bring("pong", {})
    ready()
    expect(wire.said).toEqual([receipt, receipt])
    wire.bring("pong", {})
    wire.bring("pong", {})
    ready()
    expect(wire.said).toHaveLength(2)
  })

  it("of what was read without a network is said when there is one again, also by a later start", async () => {
    reachable = false
    await markSeen("member:1:1")
    closeInbox()
    await openInbox(person)
    reachable = true
    stored = [notice(1), notice(2), notice(3)]
    await sync()
    await flushPromises()
    expect(posted.filter(({ path }) => path === seen.path)).toEqual([seen])
    ready()
    await flushPromises()
    expect(posted.filter(({ path }) => path === seen.path)).toEqual([seen])
  })

  it("of another person's reading is not said", async () => {
    reachable = false
    await markSeen("member:1:1")
    closeInbox()
    reachable = true
    await openInbox(person + 1000)
    await sync()
    await flushPromises()
    expect(posted.filter(({ path }) => path === seen.path)).toEqual([])
  })
})
