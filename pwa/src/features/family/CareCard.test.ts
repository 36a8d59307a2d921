import { mount } from "@vue/test-utils"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { me } from "@/api/session"
import { fakeServer } from "@/api/test/fakeServer"
import type { Me, RelativeOf } from "@/api/types"
import CareCard from "./CareCard.vue"

const member = { id: 1, name: "沈志强", short_name: "志强", avatar: { text: "志", colour: 0, photo: null } }
const home = { id: 1, name: "阳光家园", phone: "0573-82000001" }
const relative: RelativeOf = { id: 1, member, home, relation: "妈妈", can_sign: true, shows_name: false }
const at = (clock: string) => `2026-11-23T${clock}:00+08:00`

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse(at("16:35")), toFake: ["Date"] })
  me.value = { id: Math.random(), relatives: [relative] } as unknown as Me
  const nothing = { unsigned: false, leave: null, notice: null, sessions: [], timeline: [] }
  const times = { arrived_at: at("08:12"), expected_at: at("08:30"), departs_at: at("16:30"), since: at("16:30") }
  const day = { member, home, date: "2026-11-23", open: true, state: "departed", by: "陆老师", mode: "other" }
  fakeServer(({ method }) => (method === "GET" ? { ...day, ...times, ...nothing } : undefined))
})
afterEach(() => vi.useRealTimers())

it("says whole sentences that break where a breath is taken, with the hours standing out", async () => {
  const card = mount(CareCard, { props: { relative }, attachTo: document.body })
  await vi.waitFor(() => expect(card.find(".status").exists()).toBe(true))
  expect(card.get(".status").text()).toBe("已离开")
  expect(card.findAll(".clause").map((each) => each.text())).toEqual(["下午 4 点半离开阳光家园，", "其他人来接的。"])
  expect(card.get("strong").text()).toBe("4 点半")
})
