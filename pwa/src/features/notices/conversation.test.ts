import { beforeEach, describe, expect, it, vi } from "vitest"
import { forgetEverything } from "@/api/db"
import { closeInbox, openInbox, sync } from "@/api/inbox"
import { me } from "@/api/session"
import { fakeServer, OFFLINE } from "@/api/test/fakeServer"
import type { Me, NoticeItem, Withheld } from "@/api/types"
import {
  answerable,
  answersTo,
  conversationOf,
  type Entry,
  entriesOf,
  isWhole,
  readEarlier,
  reply,
} from "./conversation"
import { notice } from "./testing"

const NOW = "2026-11-23T09:30:00+08:00"
const made = (day: string, clock: string) => ({ created_at: `2026-11-${day}T${clock}+08:00` })
const THREAD = "member:1:1"

let stored: (NoticeItem | Withheld)[] = []
let down = false
let person = 100

function server() {
  return fakeServer(({ method, path, query, body }) => {
    if (down) return OFFLINE
    if (method === "GET") return page(query)
    if (path.endsWith("/replies")) return { ...stored.at(-1), replies: [(body as { kind: string }).kind], seen_at: NOW }
    return undefined
  })
}

function page(query: URLSearchParams) {
  const before = Number(query.get("before") ?? 0)
  const limit = Number(query.get("limit"))
  const mine = stored.filter(
    (item) => !query.get("thread") || !("thread" in item) || item.thread === query.get("thread"),
  )
  const items = before
    ? mine.filter(({ seq }) => seq < before).slice(-limit)
    : mine.filter(({ seq }) => seq > Number(query.get("after"))).slice(0, limit)
  return { epoch: "e1", oldest: 1, latest: stored.at(-1)?.seq ?? 0, items }
}

beforeEach(async () => {
  closeInbox()
  await forgetEverything()
  down = false
  stored = []
  person += 1
  me.value = { id: person } as Me
  await openInbox(person)
})

const kinds = (entries: Entry[]) => entries.map(({ what }) => what)

describe("bubbles", () => {
  it("have the time between them after a pause and on a new day", () => {
    const list = [
      notice(1, made("22", "23:58:00")),
      notice(2, made("23", "00:01:00")),
      notice(3, made("23", "00:03:00")),
      notice(4, made("23", "08:12:00")),
    ]
    expect(kinds(entriesOf(list))).toEqual(["time", "notice", "time", "notice", "notice", "time", "notice"])
  })

  it("carry what I answered", () => {
    const entries = entriesOf([notice(1, { replies: ["thanks", "ack"] })])
    expect(entries.slice(2)).toMatchObject([
      { what: "reply", kind: "ack", state: "said" },
      { what: "reply", kind: "thanks", state: "said" },
    ])
  })
})

describe("the conversation", () => {
  it("shows of one tag only the newest: what a correction replaces is gone", async () => {
    stored = [notice(1, { tag: "door-a" }), notice(2, { tag: "door-a", kind: "correction" }), notice(3)]
    server()
    await sync()
    expect(conversationOf(THREAD).map(({ seq }) => seq)).toEqual([2, 3])
  })

  it("shows nothing of what is withheld", async () => {
    stored = [notice(1), { seq: 2, withheld: true }, notice(3)]
    server()
    await sync()
    expect(conversationOf(THREAD).map(({ seq }) => seq)).toEqual([1, 3])
  })

  it("reads on backwards until there is no more", async () => {
    stored = Array.from({ length: 290 }, (_, index) => notice(index + 1))
    const { asked } = server()
    await sync()
    expect(conversationOf(THREAD)[0]?.seq).toBe(91)
    await readEarlier(THREAD)
    expect(conversationOf(THREAD)[0]?.seq).toBe(61)
    expect(asked.at(-1)).toContain("before=91")
    for (let more = 0; more < 3 && !isWhole(THREAD); more += 1) await readEarlier(THREAD)
    expect(conversationOf(THREAD)).toHaveLength(290)
    expect(isWhole(THREAD)).toBe(true)
  })

  it("goes on past a page of which nothing may be shown, and never shows what was replaced later", async () => {
    stored = Array.from({ length: 270 }, (_, index) =>
      index >= 35 && index < 70 ? { seq: index + 1, withheld: true } : notice(index + 1),
    )
    stored[34] = notice(35, { tag: "door-270" })
    server()
    await sync()
    for (let more = 0; more < 4 && !isWhole(THREAD); more += 1) await readEarlier(THREAD)
    expect(isWhole(THREAD)).toBe(true)
    const numbers = conversationOf(THREAD).map(({ seq }) => seq)
    expect([numbers[0], numbers.length]).toEqual([1, 270 - 35 - 1])
    expect(numbers).not.toContain(35)
  })
})

describe("answering with one tap", () => {
  it("is for today's newest word from the door", () => {
    const list = [notice(1, made("23", "08:12:00")), notice(2, { kind: "leave", ...made("23", "08:20:00") })]
    expect(answerable(list, NOW)?.seq).toBe(1)
    expect(answerable([notice(1, made("22", "08:12:00"))], NOW)).toBeNull()
    expect(answerable([notice(1, { thread: "home:1", ...made("23", "08:12:00") })], NOW)).toBeNull()
  })

  it("offers to pick up only who is there, and nothing twice", () => {
    expect(answersTo(notice(1))).toEqual(["ack", "thanks", "i_pick_up"])
    expect(answersTo(notice(1, { data: { state: "departed" } }))).toEqual(["ack", "thanks"])
    expect(answersTo(notice(1, { replies: ["ack"] }))).toEqual(["thanks", "i_pick_up"])
  })

  it("shows at once and counts as said when the server has it", async () => {
    stored = [notice(1)]
    server()
    await sync()
    const sending = reply("notice-1", "ack")
    expect(entriesOf(conversationOf(THREAD)).at(-1)).toMatchObject({ kind: "ack", state: "sending" })
    await sending
    expect(entriesOf(conversationOf(THREAD)).at(-1)).toMatchObject({ kind: "ack", state: "said" })
    expect(conversationOf(THREAD)[0]?.seen_at).toBeTruthy()
  })

  it("says honestly that it was not sent, and goes out at the next tap", async () => {
    stored = [notice(2)]
    server()
    await sync()
    down = true
    await expect(reply("notice-2", "thanks")).rejects.toThrow("网络断开了")
    expect(entriesOf(conversationOf(THREAD)).at(-1)).toMatchObject({ kind: "thanks", state: "failed" })
    expect(conversationOf(THREAD)[0]?.replies).toEqual([])
    down = false
    await reply("notice-2", "thanks")
    expect(entriesOf(conversationOf(THREAD)).at(-1)).toMatchObject({ kind: "thanks", state: "said" })
  })
})

vi.setConfig({ testTimeout: 10_000 })
