import { flushPromises } from "@vue/test-utils"
import { afterEach, beforeEach, expect, it } from "vitest"
import { forgetEverything } from "@/api/db"
import { me } from "@/api/session"
import { fakeServer, refusing } from "@/api/test/fakeServer"
import type { Me } from "@/api/types"
import { at } from "../testing"
import RecordPage from "./RecordPage.vue"
import type { Entire } from "./records"
import { asked, button, entire, look, type Seen } from "./testing"

let record: Entire
let sent: { what: string; body: Record<string, unknown> }[]
let answer: () => unknown
let page: Seen

beforeEach(async () => {
  await forgetEverything()
  me.value = { id: Math.random(), posts: [], organisations: [], officer: [] } as unknown as Me
  record = entire()
  sent = []
  answer = () => ({})
  fakeServer(({ method, path, body }) => {
    if (method === "GET") return path.startsWith("/api/service-records/") ? record : { items: [], years: [] }
    sent.push({ what: `${method} ${path}`, body: body as Record<string, unknown> })
    return answer()
  })
})
afterEach(() => page.unmount())

const show = async () => {
  page = await look(RecordPage, { id: record.id })
}
const press = async (words: string) => {
  await button(page, words)?.trigger("click")
  await flushPromises()
}
const submit = async () => {
  await page.get("dialog form").trigger("submit")
  await flushPromises()
}

it("says what counts, why, and what was tapped", async () => {
  await show()
  expect(page.text()).toContain("不计时长09:02 签到后没有签退")
  expect(page.text()).toContain("09:02 签到扫码")
})

it("asks for other times, mended from what was tapped", async () => {
  await show()
  await press("申请更正")
  const [from, to] = page.findAll<HTMLInputElement>("dialog input[type=time]")
  expect([from?.element.value, to?.element.value]).toEqual(["09:02", ""])
  await submit()
  expect(page.get("dialog [role=alert]").text()).toBe("请填几点来、几点走。")
  await to?.setValue("11:20")
  await submit()
  expect(page.get("dialog [role=alert]").text()).toBe("请写一句为什么，家园好核对。")
  await page.get("dialog input:not([type])").setValue("忘了签退")
  record = entire({ correcting: true, corrections: [asked()] })
  await submit()
  expect(sent).toMatchObject([
    {
      what: "POST /api/service-records/7/corrections",
      body: { pairs: [{ start: at("09:02"), end: at("11:20") }], reason: "忘了签退" },
    },
  ])
  expect([page.text().includes("等家园答复"), button(page, "申请更正")]).toEqual([true, undefined])
})

it("sends the same request again under the same id, with what the server said", async () => {
  answer = () => refusing(422, "时间要一进一出、先后排好，在 08:00 到 12:30 之间，最多 3 次。")
  await show()
  await press("申请更正")
  await page.findAll("dialog input[type=time]")[1]?.setValue("13:20")
  await page.get("dialog input:not([type])").setValue("忘了签退")
  await submit()
  expect(page.get("dialog [role=alert]").text()).toContain("在 08:00 到 12:30 之间")
  await submit()
  expect([sent.length, sent[0]?.body.id === sent[1]?.body.id]).toEqual([2, true])
})

it("may say that nobody was there at all", async () => {
  await show()
  await press("申请更正")
  await page.get("dialog [role=switch]").setValue(true)
  await page.get("dialog input:not([type])").setValue("签错人了")
  await submit()
  expect(sent[0]?.body.pairs).toEqual([])
})

it("takes a request back, and shows what was answered before", async () => {
  const earlier = asked({ id: "a", state: "refused", answer: "十点就走了" })
  record = entire({ correcting: true, corrections: [earlier, asked()] })
  await show()
  expect(page.text()).toContain("没有同意")
  expect(page.text()).toContain("家园答复：十点就走了")
  await press("撤回申请")
  expect(sent.map(({ what }) => what)).toEqual([`DELETE /api/service-records/corrections/${asked().id}`])
})

it("says why one cannot ask any more, in place of the button", async () => {
  record = entire({ refusal: "更正要在活动后 30 天内申请，这一次已经过了。" })
  await show()
  expect([page.text().includes("这一次已经过了"), button(page, "申请更正")]).toEqual([true, undefined])
})

it("lets the manager honour a visit that counted, and take it back", async () => {
  record = entire({
    mine: false,
    manages: true,
    minutes: 140,
    honours: [{ id: 3, title: "季度之星", given_on: "2026-11-28" }],
  })
  await show()
  expect(page.text()).toContain("徐明")
  await press("记一个表彰")
  await page.get("dialog input:not([type])").setValue("暖心陪伴")
  await page.get("dialog input[type=date]").setValue("2026-11-28")
  await submit()
  answer = () => refusing(409, "证明 26-7KQ2M-9XD4T 上已经写了这个表彰。请先作废那份证明，再收回。")
  await press("收回“季度之星”")
  expect(sent).toMatchObject([
    { what: "POST /api/service-records/7/honours", body: { title: "暖心陪伴", given_on: "2026-11-28" } },
    { what: "DELETE /api/service-records/honours/3" },
  ])
  expect(page.get("[role=alert]").text()).toContain("请先作废那份证明")
})

it("says that the rules were others then", async () => {
  record = entire({ other_rules: true })
  await show()
  expect(page.text()).toContain("这一条按当时的算")
})

it("offers no honour to who may give none, nor for what did not count", async () => {
  record = entire({ manages: true })
  await show()
  expect(page.text()).not.toContain("表彰")
})
