import { flushPromises, mount } from "@vue/test-utils"
import { beforeEach, expect, it, vi } from "vitest"
import { me } from "@/api/session"
import type { Upload } from "@/api/tap"
import { allow, discard, door, taps } from "@/api/tapQueue"
import { fakeServer, OFFLINE } from "@/api/test/fakeServer"
import type { Me } from "@/api/types"
import { isoDay } from "@/ui/dates"
import { board, store, unsigned } from "./door"
import UnsignedSheet from "./UnsignedSheet.vue"

const DAY_MS = 86_400_000
const day = (ago: number) => isoDay(Date.now() - ago * DAY_MS)
const open = (id: number, name: string, ago: number) => ({
  member: { id, name, avatar: { text: name[1] ?? "", colour: 0, photo: null } },
  date: day(ago),
  since: `${day(ago)}T09:30:00+08:00`,
  event: `event-${id}`,
})
const none = { since: null, by: "", mode: "", event: null, notice: null, reply: "", leave: null }
const here = { ...none, id: 1, name: "沈志强", short_name: "志强", avatar: { text: "志", colour: 0, photo: null } }
let late: ReturnType<typeof open>[]
let online: boolean
let rev = 1
const counts = { expected: 0, present: 0, waiting: 0, leave: 0, missing: 0, departed: 0 }

beforeEach(async () => {
  localStorage.clear()
  const home = { id: 1, name: "阳光家园", phone: "", area: "" }
  me.value = { id: 2, posts: [{ id: 7, home, role: "carer", title: "陆老师", has_pin: true }] } as unknown as Me
  late = [open(1, "沈志强", 1), open(2, "周小芳", 2), open(3, "陆建国", 8)]
  online = false
  const answer = {
    home,
    date: day(0),
    open: true,
    rev: 1,
    at: new Date().toISOString(),
    counts,
    members: [{ ...here, state: "waiting", expected_at: null, departs_at: null }],
    others: [],
  }
  fakeServer(({ method, body }) => {
    if (method === "GET") return { ...answer, rev, unsigned: late }
    return online ? record(body as Upload) : OFFLINE
  })
  for (const tap of taps.value) await discard({ ...tap, refused: { status: 0, code: "", message: "" } })
  await store.value?.refresh()
})

/** What the server makes of a tap: the day it concerns is the departure's, also when that is taken back. */
function record({ id, kind, occurred_at }: Upload) {
  rev += 1
  late = kind === "void" ? [open(1, "沈志强", 1)] : []
  const state = kind === "void" ? "present" : "departed"
  return { id, effect: "recorded", occurred_at, rev, member: { ...here, state }, counts }
}

async function choose(name: string) {
  const sheet = mount(UnsignedSheet, { props: { modelValue: true }, attachTo: document.body })
  await sheet
    .findAll("button")
    .find((each) => each.text().includes(name))
    ?.trigger("click")
  return sheet
}
type Shown = Awaited<ReturnType<typeof choose>>

async function note(sheet: Shown, time: string) {
  await sheet.get("[type=time]").setValue(time)
  await sheet.get("form").trigger("submit")
  await flushPromises()
}
const problem = (sheet: Shown) => sheet.findAll("[role=alert]").map((each) => each.text())

it("asks who fetched the member and when, in its own words, and invents nothing", async () => {
  const sheet = await choose("沈志强")
  await note(sheet, "16:40")
  expect(problem(sheet)).toEqual(["请先点一下谁来接。"])
  await sheet.findAll("[type=radio]")[0]?.setValue(true)
  await note(sheet, "")
  expect(problem(sheet)).toEqual(["请填他是几点离开的。"])
  await note(sheet, "09:10")
  expect(problem(sheet)).toEqual(["要晚于他到的时间 09:30。"])
  expect(taps.value).toEqual([])
})

it("writes the teacher's word down for that day, and takes it off the list", async () => {
  const sheet = await choose("沈志强")
  await sheet.findAll("[type=radio]")[1]?.setValue(true)
  await note(sheet, "16:40")
  await vi.waitFor(() => expect(sheet.get("[role=status]").text()).toContain("沈志强 昨天 16:40 离开，自己回家"))
  const [tap] = taps.value
  expect(tap).toMatchObject({ kind: "departed", mode: "alone", member: 1, taken_by: 7 })
  // It has no place in the order of this device's taps.
  expect([Date.parse(tap?.occurred_at ?? ""), tap?.device_seq]).toEqual([
    Date.parse(`${day(1)}T16:40:00+08:00`),
    undefined,
  ])
  expect(unsigned.value.map(({ member }) => member.name)).toEqual(["周小芳", "陆建国"])
})

it("writes it down once, however quick the second tap, or says that it could not", async () => {
  const before = taps.value.length
  vi.spyOn(await door(), "transaction").mockImplementationOnce(() => {
    throw new DOMException("full", "QuotaExceededError")
  })
  const sheet = await choose("周小芳")
  await sheet.findAll("[type=radio]")[1]?.setValue(true)
  await note(sheet, "16:40")
  await vi.waitFor(() => expect(problem(sheet)[0]).toContain("请先用纸笔记下"))
  await Promise.all([note(sheet, "16:40"), note(sheet, "16:40")])
  await vi.waitFor(() => expect(sheet.find("form").exists()).toBe(false))
  expect(taps.value.slice(before)).toHaveLength(1)
})

it("offers nothing for what the server would no longer believe", async () => {
  const sheet = await choose("陆建国")
  expect(sheet.find("form").exists()).toBe(false)
  expect(sheet.text()).toContain("超过 7 天，不能补记了")
})

const undo = (sheet: Shown) =>
  sheet
    .findAll("button")
    .find((each) => each.text() === "撤销")
    ?.trigger("click")
const names = () => unsigned.value.map(({ member }) => member.name)
const state = () => board.value?.members.find(({ id }) => id === 1)?.state

it("takes the note back before it was sent, and puts the member on the list again", async () => {
  const sheet = await choose("沈志强")
  await sheet.findAll("[type=radio]")[1]?.setValue(true)
  await note(sheet, "16:40")
  await vi.waitFor(() => expect(names()).not.toContain("沈志强"))
  await undo(sheet)
  await vi.waitFor(() => expect(taps.value.map(({ kind }) => kind)).toEqual(["departed", "void"]))
  expect(taps.value[1]?.corrects).toBe(taps.value[0]?.id)
  expect(names()).toContain("沈志强")
})

it("stays open for the last one, and taking that back touches nothing of today", async () => {
  online = true
  late = [open(1, "沈志强", 1)]
  await store.value?.refresh()
  await allow([1])
  const sheet = await choose("沈志强")
  await sheet.findAll("[type=radio]")[1]?.setValue(true)
  await note(sheet, "16:40")
  await vi.waitFor(() => expect(names()).toEqual([]))
  expect(sheet.emitted("update:modelValue")).toBeUndefined()
  await undo(sheet)
  await vi.waitFor(() => expect([names(), taps.value]).toEqual([["沈志强"], []]))
  expect(state()).toBe("waiting")
  await allow([])
})
