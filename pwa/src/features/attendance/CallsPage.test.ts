import { flushPromises, mount } from "@vue/test-utils"
import { beforeEach, expect, it, vi } from "vitest"
import { me } from "@/api/session"
import { fakeServer, OFFLINE } from "@/api/test/fakeServer"
import type { Me } from "@/api/types"
import { current } from "@/ui/toast"
import CallsPage from "./CallsPage.vue"
import type { Call } from "./calls"

const mother = { notice: "n-1", name: "李秀珍", relation: "妈妈", phone: "+8613800000001", why: "没有能收通知的手机" }
const call = (event: string, title: string, relatives: Call["relatives"], told: Call["told"] = null): Call => ({
  event,
  member: { id: 1, name: "沈志强", short_name: "志强", avatar: { text: "志", colour: 0, photo: null } },
  title,
  body: "08:12，陆老师在门口接到。",
  at: "2026-11-23T08:12:00+08:00",
  relatives,
  told,
})
let told: string[]
let cut = false

beforeEach(() => {
  told = []
  cut = false
  current.value = null
  // Another Home each time: what was known of the last one must not be.
  const id = Math.floor(Math.random() * 1e9)
  const home = { id, name: "阳光家园", phone: "", area: "" }
  me.value = { id, posts: [{ id: 7, home, role: "carer", title: "陆老师", has_pin: true }] } as unknown as Me
  fakeServer(({ method, path, body }) => {
    if (cut) return OFFLINE
    if (method === "POST") {
      told.push(`${path} ${JSON.stringify(body)}`)
      return undefined
    }
    const done = told.length ? { by: "陆老师", at: new Date().toISOString() } : null
    return [
      call("e-1", "志强已到阳光家园", [mother], done),
      call("e-2", "志强已离开阳光家园", [{ ...mother, notice: "n-2" }], done),
    ]
  })
})

async function open() {
  const page = mount(CallsPage, {
    global: { mocks: { $router: {} }, stubs: { TopBar: true } },
    attachTo: document.body,
  })
  await vi.waitFor(() => expect(page.findAll("article")).toHaveLength(1))
  return page
}
const tell = async (page: Awaited<ReturnType<typeof open>>) => {
  await page.get("article button").trigger("click")
  await flushPromises()
}

it("shows a family once, whatever it has not heard, with a number to ring", async () => {
  const page = await open()
  expect(page.get("article").text()).toMatch(/志强已到阳光家园.*志强已离开阳光家园/)
  expect(page.findAll(".ring").map((each) => each.attributes("href"))).toEqual(["tel:+8613800000001"])
})

it("writes down with one tap that all of it was told, and then shows by whom", async () => {
  const page = await open()
  await tell(page)
  expect(told).toEqual(["n-1", "n-2"].map((id) => `/api/notices/${id}/receipts {"state":"told"}`))
  await vi.waitFor(() => expect(page.find("article").exists()).toBe(false))
  expect(page.get("section").text()).toContain("陆老师")
  expect(current.value?.text).toBe("沈志强：已记下转告了家属")
})

it("does not pretend to have written it down without a network", async () => {
  const page = await open()
  cut = true
  await tell(page)
  expect(current.value?.text).toBe("网络断开了，请看看网络，再试一次。")
  expect(page.findAll("article")).toHaveLength(1)
})
