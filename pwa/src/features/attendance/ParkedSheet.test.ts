import { flushPromises, mount } from "@vue/test-utils"
import { beforeEach, expect, it, vi } from "vitest"
import { me } from "@/api/session"
import { allow, discard, enqueue, flush, taps } from "@/api/tapQueue"
import { fakeServer, refusing } from "@/api/test/fakeServer"
import type { Me } from "@/api/types"
import { uuid7 } from "@/api/uuid7"
import { parked } from "./door"
import ParkedSheet from "./ParkedSheet.vue"

const counts = { expected: 0, present: 0, waiting: 0, leave: 0, missing: 0, departed: 0 }
const home = { id: 1, name: "阳光家园", phone: "", area: "" }
const empty = { home, date: "2026-11-23", open: true, rev: 1, counts, members: [], others: [], unsigned: [] }
let answer: (id: string) => unknown

beforeEach(async () => {
  me.value = { id: 2, posts: [{ id: 7, home, role: "carer", title: "陆老师", has_pin: true }] } as unknown as Me
  answer = () => refusing(422, "这条记录的时间不对，请在门口重新点一次。")
  const board = () => ({ ...empty, at: new Date().toISOString() })
  fakeServer(({ method, body }) => (method === "GET" ? board() : answer((body as { id: string }).id)))
  await allow([1])
  for (const tap of taps.value) await discard(tap)
})

async function park(count: number) {
  const tap = { home: 1, member: 1, kind: "arrived", occurred_at: "2026-11-23T08:12:00+08:00" } as const
  for (let n = 0; n < count; n += 1) await enqueue({ ...tap, id: uuid7() })
  await flush()
  await vi.waitFor(() => expect(parked.value).toHaveLength(count))
  return mount(ParkedSheet, { props: { modelValue: true }, attachTo: document.body })
}
type Shown = Awaited<ReturnType<typeof park>>

const words = (sheet: Shown) => sheet.findAll("button").map((each) => each.text())
async function press(sheet: Shown, word: string) {
  const button = sheet.findAll("button").find((each) => each.text() === word)
  if (!button) throw new Error(`no button ${word}: ${words(sheet)}`)
  await button.trigger("click")
  await flushPromises()
}
const taken = (id: string) => Response.json({ id, effect: "recorded", rev: 1 }, { status: 201 })

it("shows what was refused with the server's sentence, and offers to try again first", async () => {
  const sheet = await park(1)
  expect(sheet.text()).toContain("这条记录的时间不对，请在门口重新点一次。")
  expect(words(sheet).filter(Boolean)).toEqual(["再试", "删掉这条"])
})

it("asks once more before it forgets a record for ever", async () => {
  const sheet = await park(1)
  await press(sheet, "删掉这条")
  expect(sheet.get("[role=alert]").text()).toContain("找不回来")
  await press(sheet, "先不删")
  await press(sheet, "删掉这条")
  expect(taps.value).toHaveLength(1)
  await press(sheet, "确认删掉")
  await vi.waitFor(() => expect(taps.value).toEqual([]))
  expect(sheet.emitted("update:modelValue")).toEqual([[false]])
})

it("sends one once more when the teacher wants that", async () => {
  const sheet = await park(1)
  answer = taken
  await press(sheet, "再试")
  await vi.waitFor(() => expect(taps.value).toEqual([]))
  expect(sheet.emitted("update:modelValue")).toEqual([[false]])
})

it("sends all of them with one tap", async () => {
  const sheet = await park(3)
  answer = taken
  await press(sheet, "全部再试")
  await vi.waitFor(() => expect(taps.value).toEqual([]))
})
