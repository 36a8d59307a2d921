import { flushPromises, mount } from "@vue/test-utils"
import { beforeEach, expect, it, vi } from "vitest"
import { createMemoryHistory, createRouter } from "vue-router"
import { me } from "@/api/session"
import { fakeServer, refusing } from "@/api/test/fakeServer"
import type { Me } from "@/api/types"
import CertificatePage from "./CertificatePage.vue"
import CertificatesPage from "./CertificatesPage.vue"
import { paper } from "./testing"
import { lengthOf, sentenceOf } from "./words"

let rows: () => unknown
let issued: (body: unknown) => unknown
let answered: unknown
const { statement: _, address: _a, qr: _q, ...row } = paper

beforeEach(() => {
  HTMLDialogElement.prototype.showModal = function show() {
    this.open = true
  }
  rows = () => [row]
  issued = () => paper
  answered = paper
  me.value = { organisations: [{ id: 7, name: "供电所党支部", kind: "party", role: "coordinator" }] } as unknown as Me
  fakeServer(({ method, path, body }) => {
    if (method === "POST") return issued(body)
    return path === "/api/certificates" ? rows() : answered
  })
})

async function open(component: object, props = {}) {
  const routes = [{ path: "/:rest(.*)*", component: { render: () => null } }]
  const router = createRouter({ history: createMemoryHistory(), routes })
  const page = mount(component, { props, global: { plugins: [router] }, attachTo: document.body })
  await vi.waitFor(() => expect(page.find(".skeleton").exists()).toBe(false))
  return { page, router }
}

it("lists what was issued", async () => {
  const { page } = await open(CertificatesPage)
  expect(page.text()).toContain("徐明 · 2 小时 26 分")
  page.unmount()
})

it("issues one for oneself or for the organisation's people, and opens it", async () => {
  const asked: unknown[] = []
  issued = (body) => {
    asked.push(body)
    return paper
  }
  const { page, router } = await open(CertificatesPage)
  const button = page.findAll("button").find((each) => each.text() === "开一份证明")
  await button?.trigger("click")
  await page.get("select").setValue("7")
  await page.get("[name=first]").setValue("2026-01-01")
  await page.get("dialog form").trigger("submit")
  await flushPromises()
  expect(asked).toMatchObject([{ first: "2026-01-01", organisation: 7 }])
  expect(router.currentRoute.value.path).toBe(`/certificates/${paper.id}`)
  page.unmount()
})

it("says why there is none", async () => {
  issued = () => refusing(409, "这段时间还没有计入的服务时长，换一段时间再试。")
  const { page } = await open(CertificatesPage)
  await page
    .findAll("button")
    .find((each) => each.text() === "开一份证明")
    ?.trigger("click")
  await page.get("dialog form").trigger("submit")
  await flushPromises()
  expect(page.get("[role=alert]").text()).toContain("还没有计入的服务时长")
  page.unmount()
})

it("shows the paper as it will be printed", async () => {
  const { page } = await open(CertificatePage, { id: paper.id })
  expect(page.get(".paper").text()).toContain("志愿者 徐明 于2026年1月1日至2026年3月4日")
  expect(page.findAll("tbody tr").map((each) => each.text())).toHaveLength(1)
  window.dispatchEvent(new Event("beforeprint"))
  expect(document.body.querySelector(":scope > .printed")?.textContent).toContain("志愿服务记录证明")
  window.dispatchEvent(new Event("afterprint"))
  expect(document.body.querySelector(":scope > .printed")).toBeNull()
  page.unmount()
})

it("says lengths and spans as people do", () => {
  expect([0, 45, 60, 146].map(lengthOf)).toEqual(["0 分", "45 分", "1 小时", "2 小时 26 分"])
  const day = { ...row, subject: "organisation", name: "供电所党支部", people: 3, first: row.last, trainings: [] }
  expect(sentenceOf(day)).toBe(
    "供电所党支部 3 人于2026年3月4日在残疾人之家参加志愿服务 1 次，服务时长共 2 小时 26 分。",
  )
})

it("tells training apart, and names the honours", async () => {
  const training = { ...paper.statement.services[0], title: "陪护培训", kind: "培训", minutes: 40 }
  answered = { ...paper, statement: { ...paper.statement, minutes: 186, times: 2, trainings: [training] } }
  const { page } = await open(CertificatePage, { id: "with-training" })
  expect(page.get(".paper").text()).toContain("2 次，服务时长共 3 小时 6 分，其中培训 1 次、40 分。")
  expect(page.findAll("tbody tr").map((each) => each.text())[1]).toContain("陪护培训（培训）")
  expect(page.get(".honour").text()).toBe("表彰：季度之星，阳光家园，2026年3月4日")
  page.unmount()
})
