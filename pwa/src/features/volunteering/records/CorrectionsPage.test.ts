import { flushPromises } from "@vue/test-utils"
import { afterEach, beforeEach, expect, it } from "vitest"
import { forgetEverything } from "@/api/db"
import { me } from "@/api/session"
import { fakeServer, refusing } from "@/api/test/fakeServer"
import type { Me } from "@/api/types"
import { current } from "@/ui/toast"
import CorrectionsPage from "./CorrectionsPage.vue"
import type { Open } from "./records"
import { button, look, open, type Seen } from "./testing"

let waiting: Open[]
let sent: unknown[]
let answer: () => unknown
let page: Seen

beforeEach(async () => {
  await forgetEverything()
  const posts = [{ id: 1, role: "manager", home: { id: 1, name: "阳光家园" } }]
  me.value = { id: Math.random(), posts, organisations: [], officer: [] } as unknown as Me
  waiting = [open()]
  sent = []
  answer = () => ({ id: open().id, state: "accepted", answer: "" })
  fakeServer(({ method, body }) => {
    if (method === "GET") return waiting
    sent.push(body)
    return answer()
  })
})
afterEach(() => page.unmount())

const show = async () => {
  page = await look(CorrectionsPage)
}
const press = async (words: string) => {
  await button(page, words)?.trigger("click")
  await flushPromises()
}

it("shows the old times beside the new, and why", async () => {
  await show()
  const [old, fresh] = page.findAll(".beside .side").map((each) => each.text())
  expect([old, fresh]).toEqual(["原来09:02–没有签退不计时长", "申请改成09:02–11:202 小时 18 分"])
  expect(page.text()).toContain("同意的话：09:02–11:20 在场，计 2 小时 18 分。")
  expect(page.text()).toContain("忘了签退")
})

it("agrees with one tap", async () => {
  await show()
  waiting = []
  await press("同意")
  expect(sent).toEqual([{ accept: true, answer: "" }])
  expect(page.text()).toContain("没有等答复的")
  expect(current.value?.text).toBe("同意了，徐明记 2 小时 18 分")
})

it("does not claim what another manager has answered before", async () => {
  answer = () => ({ id: open().id, state: "refused", answer: "那天没来" })
  await show()
  await press("同意")
  expect(current.value?.text).toBe("另一位负责人已经答复了")
})

it("asks once more before it refuses, and for a reason", async () => {
  await show()
  await press("不同意")
  expect(sent).toEqual([])
  await page.get("dialog form").trigger("submit")
  expect(page.get("dialog [role=alert]").text()).toContain("请写一句原因")
  await page.get("dialog input").setValue("那天十点就走了")
  await page.get("dialog form").trigger("submit")
  await flushPromises()
  expect(sent).toEqual([{ accept: false, answer: "那天十点就走了" }])
})

it("says what the server says", async () => {
  answer = () => refusing(409, "不能批准自己的更正，请另一位负责人来看。")
  await show()
  await press("同意")
  expect(page.get("[role=alert]").text()).toContain("请另一位负责人来看")
})

it("leaves one's own to somebody else", async () => {
  waiting = [open({ own: true })]
  await show()
  expect([page.text().includes("请另一位负责人来看"), button(page, "同意")]).toEqual([true, undefined])
})

it("tells a teacher whose matter it is", async () => {
  me.value = {
    ...(me.value as Me),
    posts: [{ id: 1, role: "carer", home: { id: 1, name: "阳光家园" } }],
  } as unknown as Me
  await show()
  expect(page.text()).toContain("这里由院长答复")
})
