import { flushPromises, mount } from "@vue/test-utils"
import { beforeEach, expect, it, vi } from "vitest"
import { me } from "@/api/session"
import { fakeServer } from "@/api/test/fakeServer"
import type { Me } from "@/api/types"
import ImportPage from "./ImportPage.vue"

type Answer = { status: number; body: unknown } | null
let answers: Answer[]
let sent: string[]

/** Uploads go by XMLHttpRequest, which tells how far they got. Answers null: nobody is there. */
class Request {
  upload: { onprogress?: (event: object) => void } = {}
  status = 0
  responseText = ""
  onload: () => void = () => undefined
  onerror: () => void = () => undefined
  open = (_method: string, url: string) => sent.push(url)
  setRequestHeader = () => undefined
  send() {
    const answer = answers.shift()
    this.upload.onprogress?.({ loaded: 1, total: 1, lengthComputable: true })
    if (!answer) return this.onerror()
    this.status = answer.status
    this.responseText = JSON.stringify(answer.body)
    this.onload()
  }
}
const ok = (body: object): Answer => ({ status: 200, body: { rows: 2, problems: [], created: 0, ...body } })
const dry = "/api/homes/1/roster?dry_run=true"
const real = "/api/homes/1/roster?dry_run=false"

beforeEach(() => {
  sent = []
  vi.stubGlobal("XMLHttpRequest", Request)
  fakeServer(() => ({ items: [], next: null }))
  const home = { id: 1, name: "阳光家园", phone: "", area: "" }
  me.value = { id: 3, posts: [{ id: 9, home, role: "manager", title: "王院长", has_pin: true }] } as unknown as Me
})

async function choose(...given: Answer[]) {
  answers = given
  const page = mount(ImportPage, {
    global: { stubs: { TopBar: true, RouterLink: { template: "<a><slot :navigate='() => 0' /></a>" } } },
    attachTo: document.body,
  })
  const input = page.get("[type=file]")
  Object.defineProperty(input.element, "files", { value: [new File(["x"], "名单.xlsx")] })
  await input.trigger("change")
  await flushPromises()
  return page
}
const words = (page: Awaited<ReturnType<typeof choose>>) => page.findAll("button").map((each) => each.text())
const press = async (page: Awaited<ReturnType<typeof choose>>, word: string) => {
  await page
    .findAll("button")
    .find((each) => each.text() === word)
    ?.trigger("click")
  await flushPromises()
}

it("names every problem by row and cell, and imports nothing", async () => {
  const problems = [
    { row: 2, column: "星期", message: "看不懂，请写成 一三五 这样。" },
    { row: 3, column: "姓名", message: "家园里已经有这个名字。" },
  ]
  const page = await choose(ok({ problems }))
  expect(page.text()).toContain("2 行里有 2 处要改，改好后再选一次。现在一行也没有导入。")
  expect(page.findAll("tbody tr").map((row) => row.findAll("td").map((cell) => cell.text()))).toEqual([
    ["2", "星期", "看不懂，请写成 一三五 这样。"],
    ["3", "姓名", "家园里已经有这个名字。"],
  ])
  expect([sent, words(page)]).toEqual([[dry], ["换一张表"]])
})

it("says of a sheet without people what is wrong with it, without counting to zero", async () => {
  const page = await choose(
    ok({ rows: 0, problems: [{ row: 2, column: "", message: "表里还没有人，请从第二行开始填写。" }] }),
  )
  expect(page.text()).toContain("这张表还不能用，改好后再选一次。")
  expect(page.text()).not.toContain("0 行")
})

it("imports only after the dry run, and only when told to", async () => {
  const page = await choose(ok({}), ok({ created: 2 }))
  expect(page.text()).toContain("2 行都没有问题。")
  expect(sent).toEqual([dry])
  await press(page, "导入这 2 人")
  expect(sent).toEqual([dry, real])
  await vi.waitFor(() => expect(page.text()).toContain("导入好了，新增 2 人"))
})

it("checks the same sheet again when nobody answered", async () => {
  const page = await choose(null, ok({}))
  expect(page.get("[role=alert]").text()).toContain("网络断开了")
  await press(page, "再试一次")
  expect([sent, page.text().includes("2 行都没有问题。")]).toEqual([[dry, dry], true])
})

it("keeps the checked sheet when the import itself found no network", async () => {
  const page = await choose(ok({}), null)
  await press(page, "导入这 2 人")
  expect(page.get("[role=alert]").text()).toContain("网络断开了")
  expect(words(page)).toContain("导入这 2 人")
})

it("is for the manager only", async () => {
  const home = { id: 1, name: "阳光家园", phone: "", area: "" }
  me.value = { id: 2, posts: [{ id: 7, home, role: "carer", title: "陆老师", has_pin: true }] } as unknown as Me
  const page = mount(ImportPage, { global: { stubs: { TopBar: true, RouterLink: true } } })
  expect([page.text(), page.find("input").exists()]).toEqual([expect.stringContaining("只有院长可以导入花名册"), false])
})
