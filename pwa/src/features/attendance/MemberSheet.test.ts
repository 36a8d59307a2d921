import { flushPromises, mount } from "@vue/test-utils"
import { beforeEach, describe, expect, it, vi } from "vitest"
import { me } from "@/api/session"
import { taps } from "@/api/tapQueue"
import type { BoardMember, Me } from "@/api/types"
import { current } from "@/ui/toast"
import type { Tile } from "./board"
import Face from "./Face.vue"
import MemberSheet from "./MemberSheet.vue"

const NOW = Date.parse("2026-11-23T09:00:00+08:00")

const tile = (more: Partial<BoardMember & { waiting: boolean }> = {}): Tile => ({
  id: 1,
  name: "沈志强",
  short_name: "志强",
  avatar: { text: "志", colour: 0, photo: null },
  state: "waiting",
  since: null,
  expected_at: "2026-11-23T08:30:00+08:00",
  departs_at: null,
  by: "",
  mode: "",
  event: null,
  notice: null,
  reply: "",
  leave: null,
  waiting: false,
  ...more,
})

const here = (more: Partial<Tile> = {}) =>
  tile({
    state: "present",
    since: "2026-11-23T08:12:00+08:00",
    by: "陆老师",
    event: "event-1",
    notice: "delivered",
    ...more,
  })

describe("a face", () => {
  const face = (shown: Tile) => mount(Face, { props: { tile: shown, now: NOW }, attachTo: document.body })

  it("says name, state and fate of the news in words", () => {
    expect(face(here()).find(".words").text()).toBe("沈志强，已到 08:12，已送达")
    expect(
      face(tile({ state: "missing" }))
        .find(".words")
        .text(),
    ).toBe("沈志强，未到 30 分")
    expect(
      face(tile({ state: "leave" }))
        .find(".words")
        .text(),
    ).toBe("沈志强，今天请假")
    expect(
      face(here({ reply: "ack" }))
        .find(".words")
        .text(),
    ).toBe("沈志强，已到 08:12，收到")
    expect(
      face(here({ notice: "unreached" }))
        .find(".words")
        .text(),
    ).toBe("沈志强，已到 08:12，未送达")
    expect(
      face(tile({ notice: "sent" }))
        .find(".words")
        .text(),
    ).toBe("沈志强，待到，更正已发")
    expect(
      face(here({ waiting: true }))
        .find(".words")
        .text(),
    ).toBe("沈志强，已到 08:12，未上传")
  })

  it("takes a tap as a tap, and a long press as a wish for more, once", async () => {
    vi.useFakeTimers()
    const shown = face(tile())
    await shown.trigger("pointerdown", { button: 0 })
    await shown.trigger("pointerup")
    await shown.trigger("click")
    expect(shown.emitted()).toMatchObject({ tap: [[]] })
    await shown.trigger("pointerdown", { button: 0 })
    vi.advanceTimersByTime(500)
    await shown.trigger("contextmenu")
    await shown.trigger("pointerup")
    await shown.trigger("click")
    expect([shown.emitted("more")?.length, shown.emitted("tap")?.length]).toEqual([1, 1])
    vi.useRealTimers()
  })

  it("keeps the finger that is lifted after a long press from clicking on what opened under it", async () => {
    vi.useFakeTimers()
    const clicked = vi.fn()
    document.body.addEventListener("click", clicked)
    const lift = () => {
      window.dispatchEvent(new Event("pointerup"))
      document.body.click()
    }
    await face(tile()).trigger("pointerdown", { button: 0 })
    vi.advanceTimersByTime(500)
    lift()
    expect(clicked).not.toHaveBeenCalled()
    lift()
    expect(clicked).toHaveBeenCalledOnce()
    document.body.removeEventListener("click", clicked)
    vi.useRealTimers()
  })

  it("opens by the menu key, too", async () => {
    const shown = face(tile())
    await shown.trigger("contextmenu")
    expect(shown.emitted("more")).toHaveLength(1)
  })
})

describe("a member's sheet", () => {
  const requests: { url: string; method: string; body: unknown }[] = []
  let offline = false

  beforeEach(() => {
    requests.length = 0
    offline = false
    localStorage.clear()
    current.value = null
    // biome-ignore lint/suspicious/noDocumentCookie: the client reads its CSRF token there.
    document.cookie = "csrftoken=token"
    vi.stubGlobal("fetch", async (url: string, init?: RequestInit) => {
      requests.push({ url, method: init?.method ?? "GET", body: init?.body && JSON.parse(String(init.body)) })
      if (offline) throw new TypeError("no network")
      return Response.json({ id: "leave-1", member: 1, date: "2026-11-23" }, { status: 201 })
    })
    const home = { id: 1, name: "阳光家园", phone: "", area: "" }
    me.value = { id: 2, posts: [{ id: 7, home, role: "carer", title: "陆老师", has_pin: true }] } as unknown as Me
  })

  const open = (shown: Tile, leaving = false) =>
    mount(MemberSheet, {
      props: { tile: shown, now: NOW, leaving, modelValue: true },
      global: { stubs: { RouterLink: { template: "<a><slot /></a>" } } },
      attachTo: document.body,
    })
  const press = async (sheet: ReturnType<typeof open>, word: string) => {
    const button = sheet.findAll("button").find((each) => each.text() === word)
    if (!button) throw new Error(`no button ${word}: ${sheet.text()}`)
    await (button.attributes("type") === "submit" ? sheet.find("form").trigger("submit") : button.trigger("click"))
    await new Promise((done) => setTimeout(done))
    await flushPromises()
  }
  const words = (sheet: ReturnType<typeof open>) => sheet.findAll("button").map((each) => each.text())

  it("offers what fits the state and nothing else", () => {
    expect(words(open(tile()))).toEqual(["", "记到达", "今天请假"])
    expect(words(open(tile({ state: "leave", leave: "leave-1" })))).toEqual(["", "他来了，记到达", "取消请假"])
    expect(words(open(here()))).toEqual(["", "记离开", "撤销“到达”"])
    expect(words(open(here({ state: "departed" })))).toEqual(["", "又回来了，记到达", "撤销“离开”"])
    expect(words(open(tile({ state: "", expected_at: null })))).toEqual(["", "记到达"])
  })

  it("says who received the member and how the news fares", () => {
    expect(open(here()).text()).toContain("08:12 到，陆老师接到")
    expect(open(here()).text()).toContain("给家属的通知：已送达")
    expect(open(here({ notice: "unreached" })).text()).toContain("家属的手机没收到，去打电话")
  })

  it("asks who fetches the member before it writes a departure, and remembers it for the next time", async () => {
    const sheet = open(here(), true)
    await press(sheet, "确认离开并通知家属")
    expect(sheet.find("[role=alert]").text()).toBe("请先点一下谁来接。")
    await sheet.findAll("input")[2]?.setValue(true)
    await press(sheet, "确认离开并通知家属")
    await vi.waitFor(() => expect(current.value?.text).toMatch(/^沈志强 \d\d:\d\d 离开，坐班车$/))
    expect(taps.value.at(-1)).toMatchObject({ kind: "departed", mode: "shuttle", member: 1, taken_by: 7 })
    expect(sheet.emitted("update:modelValue")).toEqual([[false]])
    expect(
      open(here(), true)
        .findAll("label.chosen .words")
        .map((each) => each.text()),
    ).toEqual(["坐班车"])
  })

  it("writes one departure, however quick the second tap", async () => {
    const before = taps.value.length
    const sheet = open(here(), true)
    await sheet.findAll("input")[0]?.setValue(true)
    const form = sheet.find("form")
    await Promise.all([form.trigger("submit"), form.trigger("submit")])
    await vi.waitFor(() => expect(sheet.emitted("update:modelValue")).toEqual([[false]]))
    expect(taps.value.slice(before).map(({ kind }) => kind)).toEqual(["departed"])
  })

  it("takes back the very event the tile stands on", async () => {
    await press(open(here()), "撤销“到达”")
    await vi.waitFor(() => expect(taps.value.at(-1)).toMatchObject({ kind: "void", corrects: "event-1" }))
  })

  it("asks for leave in one tap; a second try after a lost answer is the same leave", async () => {
    offline = true
    const sheet = open(tile())
    await press(sheet, "今天请假")
    await vi.waitFor(() => expect(sheet.find("[role=alert]").text()).toContain("网络断开了"))
    offline = false
    await press(sheet, "今天请假")
    await vi.waitFor(() => expect(current.value?.text).toBe("沈志强 今天请假"))
    const asked = requests.filter(({ url }) => url === "/api/attendance/leaves").map(({ body }) => body)
    expect(asked).toMatchObject([{ member: 1 }, { member: 1 }])
    expect(asked[0]).toEqual(asked[1])
  })

  it("withdraws a leave", async () => {
    await press(open(tile({ state: "leave", leave: "leave-1" })), "取消请假")
    await vi.waitFor(() => expect(current.value?.text).toBe("沈志强 取消了请假"))
    expect(requests.find(({ method }) => method === "DELETE")?.url).toBe("/api/attendance/leaves/leave-1")
  })
})
