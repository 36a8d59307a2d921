import { beforeEach, expect, it, vi } from "vitest"
import { forgetEverything } from "@/api/db"
import { me } from "@/api/session"
import { fakeServer, OFFLINE, refusing } from "@/api/test/fakeServer"
import type { Me } from "@/api/types"
import { current, dismiss } from "@/ui/toast"
import { checkIn, drop, eventIn, flush, nextKind, offline } from "./checkins"

const EVENT = "019a0000-0000-7000-8000-000000000001"
const CODE = `http://home.test/v/here/${EVENT}.59403840.abcdefghijklmno-`
const done = {
  effect: "recorded",
  kind: "in",
  at: "2026-11-28T01:00:00Z",
  message: "09:00 签到了，谢谢您来。",
  minutes: null,
}
let answer: unknown
let sent: Record<string, unknown>[]

beforeEach(async () => {
  await forgetEverything()
  me.value = { id: 7 } as Me
  await flush()
  for (const { id } of offline.value) await drop(id)
  dismiss()
  sent = []
  answer = done
  fakeServer(({ body }) => {
    sent.push(body as Record<string, unknown>)
    return answer
  })
})

it.each([
  [CODE, EVENT],
  [`${EVENT}.59403840.abcdefghijklmno-`, EVENT],
  ["https://weixin.qq.com/r/abc", null],
  ["6029 7436", null],
])("knows the event in %s", (text, event) => {
  expect(eventIn(text)).toBe(event)
})

it("checks in at once, and then offers the way out", async () => {
  expect(await nextKind(EVENT)).toBe("in")
  expect(await checkIn(EVENT, "in", CODE)).toEqual(done)
  expect([sent[0]?.offline, offline.value, await nextKind(EVENT)]).toEqual([false, [], "out"])
})

it("keeps what nobody answered, and sends it as what it is", async () => {
  answer = OFFLINE
  expect(await checkIn(EVENT, "in", CODE)).toBeNull()
  expect(offline.value.map(({ kind, code }) => [kind, code])).toEqual([["in", CODE]])
  answer = { ...done, effect: "claimed", message: "09:00 的签到收到了，等老师或负责人确认。" }
  await flush()
  await vi.waitFor(() => expect(current.value?.text).toBe("09:00 的签到收到了，等老师或负责人确认。"))
  expect([sent.at(-1)?.offline, sent[0]?.id === sent.at(-1)?.id, offline.value]).toEqual([true, true, []])
})

it("says at once what the server refuses, and keeps nothing of it", async () => {
  answer = refusing(422, "这个签到码已经过时。")
  await expect(checkIn(EVENT, "in", CODE)).rejects.toThrow("这个签到码已经过时。")
  expect(offline.value).toEqual([])
})

it("shows a kept one that will never be taken, and lets the others pass", async () => {
  answer = OFFLINE
  await checkIn(EVENT, "in", CODE)
  await checkIn(EVENT, "out", CODE)
  let first = true
  fakeServer(() => {
    const refused = first
    first = false
    return refused ? refusing(409, "这场活动取消了，不能签到。") : done
  })
  await flush()
  await vi.waitFor(() => expect(current.value?.text).toBe(done.message))
  expect(offline.value.map(({ refused }) => refused)).toEqual(["这场活动取消了，不能签到。"])
})

it("sends nothing under another person's name", async () => {
  answer = OFFLINE
  await checkIn(EVENT, "in", CODE)
  me.value = { id: 8 } as Me
  sent = []
  await flush()
  expect(sent).toEqual([])
})

it("says of each what the server said, when in and out go up together", async () => {
  answer = OFFLINE
  await checkIn(EVENT, "in", CODE)
  await checkIn(EVENT, "out", CODE)
  answer = done
  await flush()
  await vi.waitFor(() => expect(current.value?.text).toBe(done.message + done.message))
})
