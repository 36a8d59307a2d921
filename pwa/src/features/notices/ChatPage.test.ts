import { mount } from "@vue/test-utils"
import { beforeEach, describe, expect, it, vi } from "vitest"
import { createMemoryHistory, createRouter } from "vue-router"
import { forgetEverything } from "@/api/db"
import { closeInbox, openInbox, sync, unread } from "@/api/inbox"
import { me } from "@/api/session"
import { fakeServer, OFFLINE } from "@/api/test/fakeServer"
import type { Me, NoticeItem } from "@/api/types"
import Announcer from "./Announcer.vue"
import ChatPage from "./ChatPage.vue"
import { notice } from "./testing"

const THREAD = "member:1:1"
const home = { id: 1, name: "阳光家园", phone: "0573-82000001" }
const relatives = [{ member: { id: 1, short_name: "志强" }, home, relation: "妈妈" }]
const now = () => new Date().toISOString()

let stored: NoticeItem[] = []
let down = false
let person = 900
let asked: string[] = []

beforeEach(async () => {
  closeInbox()
  await forgetEverything()
  down = false
  person += 1
  me.value = { id: person, relatives, posts: [] } as unknown as Me
  stored = [notice(1, { created_at: now() }), notice(2, { created_at: now(), thread: "member:2:1" })]
  asked = fakeServer(({ method, query }) => {
    if (down) return OFFLINE
    if (method !== "GET") return undefined
    const items = query.get("before") ? [] : stored.filter(({ seq }) => seq > Number(query.get("after")))
    return { epoch: "e1", oldest: 1, latest: stored.at(-1)?.seq ?? 0, items }
  }).asked
  await openInbox(person)
})

function open(thread = THREAD) {
  const routes = [{ path: "/:rest(.*)*", component: { render: () => null } }]
  const router = createRouter({ history: createMemoryHistory(), routes })
  return mount(ChatPage, { props: { thread }, global: { plugins: [router] }, attachTo: document.body })
}

const shows = (page: { text: () => string }, words: string) => vi.waitFor(() => expect(page.text()).toContain(words))

describe("the conversation's page", () => {
  it("shows what the Home said, rings it, and tells the server that it was looked at", async () => {
    const page = open()
    await shows(page, "志强已到阳光家园")
    expect(page.get("h1").text()).toBe("阳光家园 · 志强")
    expect(page.get("a[href^='tel:']").attributes("aria-label")).toBe("打电话给家园")
    await vi.waitFor(() => expect(asked).toContain("POST /api/notices/seen"))
    expect(unread.value).toBe(1)
    page.unmount()
  })

  it("opens without a network from what this phone keeps, and says how old that is", async () => {
    await sync()
    down = true
    const page = open()
    await shows(page, "志强已到阳光家园")
    await shows(page, "连不上网络，这是刚刚的消息。")
    page.unmount()
  })

  it("shows an answer that was not sent as not sent", async () => {
    await sync()
    const page = open()
    await shows(page, "谢谢老师")
    down = true
    await page.findAll(".answer")[1]?.trigger("click")
    await shows(page, "没有发出去，点此重发")
    page.unmount()
  })

  it("is friendly about a conversation that is not there", async () => {
    const page = open("member:77:1")
    await shows(page, "没有这个会话")
    page.unmount()
  })

  it("is friendly about one that has not begun", async () => {
    stored = []
    const page = open()
    await shows(page, "还没有消息")
    page.unmount()
  })
})

describe("for who cannot look", () => {
  it("each new notice is said, also of the open conversation; what was there before is not", async () => {
    await sync()
    const page = open()
    await shows(page, "志强已到阳光家园")
    const voice = mount(Announcer)
    expect(voice.text()).toBe("")
    stored.push(notice(3, { title: "志强已离开阳光家园", body: "16:31，家属来接。" }))
    await vi.waitFor(async () => {
      await sync() // One that was already under way does not bring it yet.
      expect(voice.text()).toBe("新消息：志强已离开阳光家园。16:31，家属来接。")
    })
    page.unmount()
  })
})
