import { mount } from "@vue/test-utils"
import { beforeEach, expect, it, vi } from "vitest"
import { createMemoryHistory, createRouter } from "vue-router"
import { me } from "@/api/session"
import { fakeServer } from "@/api/test/fakeServer"
import type { Me } from "@/api/types"
import { isoDay } from "@/ui/dates"
import DoorPage from "./DoorPage.vue"

const home = { id: 1, name: "阳光家园", phone: "", area: "" }
const posts = [{ id: 7, home, role: "carer", title: "陆老师", has_pin: true }]
const counts = { expected: 0, present: 0, waiting: 0, leave: 0, missing: 0, departed: 0 }

beforeEach(() => {
  me.value = { id: 2, posts } as unknown as Me
  fakeServer(({ path }) => {
    if (!path.endsWith("/board")) return []
    const day = { date: isoDay(Date.now()), at: new Date().toISOString(), open: true, rev: 1 }
    return { ...day, home, counts, members: [], others: [], unsigned: [] }
  })
})

async function open() {
  const routes = [{ path: "/:rest(.*)*", component: { render: () => null } }]
  const router = createRouter({ history: createMemoryHistory(), routes })
  const page = mount(DoorPage, { global: { plugins: [router] }, attachTo: document.body })
  await vi.waitFor(() => expect(page.find("fieldset").exists()).toBe(true))
  return page
}
const verb = (page: Awaited<ReturnType<typeof open>>) => page.get("label.chosen").text()

it("still signs people out after a look at another page, and starts again in other hands", async () => {
  const page = await open()
  expect(verb(page)).toBe("到达")
  await page.findAll("fieldset input")[1]?.trigger("change")
  page.unmount()
  const again = await open()
  expect(verb(again)).toBe("离开")
  again.unmount()
  me.value = { id: 3, posts } as unknown as Me
  expect(verb(await open())).toBe("到达")
})
