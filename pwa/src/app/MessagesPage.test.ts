import { mount } from "@vue/test-utils"
import { beforeEach, expect, it, vi } from "vitest"
import { createMemoryHistory, createRouter } from "vue-router"
import { forgetEverything } from "@/api/db"
import { closeInbox, openInbox, sync } from "@/api/inbox"
import { me } from "@/api/session"
import { fakeServer, OFFLINE } from "@/api/test/fakeServer"
import type { Me } from "@/api/types"
import MessagesPage from "./MessagesPage.vue"

let down = false

beforeEach(async () => {
  closeInbox()
  await forgetEverything()
  const home = { id: 1, name: "阳光家园", phone: "", area: "" }
  const posts = [{ id: 7, home, role: "carer", title: "陆老师", has_pin: true }]
  me.value = { id: 2, relatives: [], posts, officer: [], organisations: [] } as unknown as Me
  fakeServer(({ path }) => {
    if (down) return OFFLINE
    return path === "/api/notices" ? { epoch: "e1", oldest: 1, latest: 0, items: [] } : []
  })
  await openInbox(2)
  await sync()
})

it("tells staff that nobody answered, and of when the messages are", async () => {
  const routes = [{ path: "/:rest(.*)*", component: { render: () => null } }]
  const router = createRouter({ history: createMemoryHistory(), routes })
  const page = mount(MessagesPage, { global: { plugins: [router] } })
  const says = (words: string) => vi.waitFor(() => expect(page.text()).toContain(words))
  await says("更新于刚刚")
  down = true
  await page.get(".again").trigger("click")
  await says("连不上网络，这是刚刚的情况。")
  down = false
  await page.get(".again").trigger("click")
  await says("更新于刚刚")
})
