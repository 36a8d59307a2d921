import { flushPromises, mount } from "@vue/test-utils"
import { beforeEach, describe, expect, it, vi } from "vitest"
import { forgetEverything, remember } from "@/api/db"
import { me } from "@/api/session"
import { fakeServer, OFFLINE, refusing } from "@/api/test/fakeServer"
import type { Me, RelativeOf } from "@/api/types"
import { aloud } from "@/ui/aloud"
import { askLeave, dayOf } from "./day"
import MemberCard from "./MemberCard.vue"

const relative: RelativeOf = {
  id: 1,
  member: { id: 1, name: "沈志强", short_name: "志强", avatar: { text: "志", colour: 0, photo: null } },
  home: { id: 1, name: "阳光家园", phone: "0573-82000001" },
  relation: "妈妈",
  can_sign: true,
  shows_name: false,
}
const at = (clock: string) => `2026-11-23T${clock}:00+08:00`
const day = {
  member: relative.member,
  home: relative.home,
  date: "2026-11-23",
  open: true,
  state: "present",
  since: at("08:12"),
  by: "陆老师",
  mode: "",
  arrived_at: at("08:12"),
  expected_at: at("08:30"),
  departs_at: at("16:30"),
  unsigned: false,
  leave: null,
  notice: "seen",
  sessions: [],
  timeline: [],
}

/** The database answers in its own time. */
const settle = async (enough: () => boolean) => vi.waitFor(() => expect(enough()).toBe(true))

beforeEach(async () => {
  vi.useFakeTimers({ now: Date.parse(at("09:30")), toFake: ["Date"] })
  await forgetEverything()
  aloud.value = ""
  me.value = { id: Math.random(), relatives: [relative] } as Me
  await flushPromises()
})

describe("a member's card", () => {
  it("answers in one glance and rings the Home", async () => {
    fakeServer(() => day)
    const card = mount(MemberCard, { props: { relative } })
    await settle(() => card.text().includes("已到家园"))
    expect(card.text()).toContain("陆老师在门口接到。")
    expect(card.get("a").attributes("href")).toBe("tel:0573-82000001")
    expect(card.text()).not.toContain("请假")
  })

  it("opens without a network from what this phone remembers, and says of when that is", async () => {
    await remember("day:1", day, Date.parse(at("08:40")))
    fakeServer(() => OFFLINE)
    const card = mount(MemberCard, { props: { relative } })
    await settle(() => card.text().includes("已到家园"))
    await settle(() => card.text().includes("08:40 的情况，网络恢复后更新"))
  })

  it("says so when there is nothing to show, and tries again when asked to", async () => {
    let down = true
    fakeServer(() => (down ? OFFLINE : day))
    const card = mount(MemberCard, { props: { relative } })
    await settle(() => card.text().includes("网络断开了"))
    down = false
    await card.get("button").trigger("click")
    await settle(() => card.text().includes("已到家园"))
  })

  it("shows nothing any more of whom the server no longer lets me see", async () => {
    await remember("day:1", day, Date.parse(at("08:40")))
    fakeServer(({ path }) => (path === "/api/me" ? OFFLINE : refusing(404, "没有找到。")))
    const card = mount(MemberCard, { props: { relative } })
    await settle(() => card.text().includes("现在看不到志强的情况"))
    expect(card.text()).not.toContain("已到家园")
  })
})

describe("for who cannot look", () => {
  const late = { ...day, state: "waiting", arrived_at: null, since: null }

  it("the card says what only the clock tells", async () => {
    let now: object = late
    fakeServer(() => now)
    const card = mount(MemberCard, { props: { relative } })
    await settle(() => card.text().includes("还没到"))
    expect(aloud.value).toBe("")
    now = { ...late, state: "missing" }
    await dayOf(1).refresh()
    await settle(() => card.text().includes("未到"))
    expect(aloud.value).toBe("志强：未到。过了早上 8 点半还没到，也没有请假。")
  })

  it("leaves an arrival to its notice: it is said once", async () => {
    let now: object = late
    fakeServer(() => now)
    const card = mount(MemberCard, { props: { relative } })
    await settle(() => card.text().includes("还没到"))
    now = day
    await dayOf(1).refresh()
    await settle(() => card.text().includes("已到家园"))
    expect(card.findAll("[role=status]").filter((each) => each.text().includes("已到家园"))).toEqual([])
    expect(aloud.value).toBe("")
  })
})

describe("asking for leave", () => {
  it("shows at once, and a second try after a failed one is the same leave", async () => {
    const ids: unknown[] = []
    let down = true
    fakeServer(({ method, body }) => {
      if (method === "GET") return { ...day, state: "waiting", arrived_at: null, since: null }
      ids.push((body as { id: string }).id)
      return down ? OFFLINE : { id: ids[0], member: 1, date: "2026-11-23" }
    })
    await dayOf(1).refresh()
    await expect(askLeave(1)).rejects.toThrow("网络断开了")
    expect(dayOf(1).data.value?.state).toBe("waiting")
    down = false
    await askLeave(1)
    expect(dayOf(1).data.value).toMatchObject({ state: "leave", leave: ids[0] })
    expect(new Set(ids).size).toBe(1)
  })
})
