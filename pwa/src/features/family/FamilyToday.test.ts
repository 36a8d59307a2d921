import { flushPromises, mount } from "@vue/test-utils"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { createMemoryHistory, createRouter } from "vue-router"
import { forgetEverything } from "@/api/db"
import { me } from "@/api/session"
import { fakeServer } from "@/api/test/fakeServer"
import type { DayCard, Me } from "@/api/types"
import { dayOf } from "./day"
import FamilyToday from "./FamilyToday.vue"

const at = (clock: string) => `2026-11-25T${clock}:00+08:00`
const member = { id: 1, name: "沈志强", short_name: "志强", avatar: { text: "志", colour: 0, photo: null } }
const home = { id: 1, name: "阳光家园", phone: "0573-82000001" }
const session = (id: number, title: string, from: string, to: string, photos: number) => {
  const facts = { therapy: "farm", word: "农疗", place: "菜园", mark: null }
  return { id, title, starts_at: at(from), ends_at: at(to), photos, ...facts }
}

beforeEach(async () => {
  vi.useFakeTimers({ now: Date.parse(at("10:30")), toFake: ["Date"] })
  await forgetEverything()
})
afterEach(() => vi.useRealTimers())

it("tells the day as a list, and what there are photos of", async () => {
  const sessions = [session(1, "早操", "08:40", "09:00", 0), session(2, "采摘青菜", "10:10", "11:00", 6)]
  const arrived = { at: at("08:12"), kind: "arrived", text: "陆老师接到", late: false, recorded_at: at("08:12") }
  const facts: Partial<DayCard> = { member, home, date: "2026-11-25", state: "present", unsigned: false }
  fakeServer(() => ({ ...facts, sessions, timeline: [arrived] }))
  const relatives = [{ id: 1, member, home, relation: "妈妈", can_sign: true, shows_name: false }]
  me.value = { id: Math.random(), relatives, posts: [], officer: [], organisations: [] } as unknown as Me
  await flushPromises()
  await dayOf(1).refresh()
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: "/:rest(.*)*", component: {} }] })
  const page = mount(FamilyToday, { global: { plugins: [router] } })
  const rows = page.findAll(".cell").map((row) => row.text())
  expect(rows).toEqual(["08:12已到，陆老师接到", "08:40农农疗早操", "10:10农农疗采摘青菜现在6 张照片"])
})
