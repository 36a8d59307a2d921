import { mount, type VueWrapper } from "@vue/test-utils"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { createMemoryHistory, createRouter } from "vue-router"
import { forgetEverything } from "@/api/db"
import { me } from "@/api/session"
import { fakeServer, OFFLINE } from "@/api/test/fakeServer"
import type { Me } from "@/api/types"
import { PLAIN, turned, type View } from "@/ui/lazy/sorting"
import { balance, NOW, quarter } from "../testing"
import BalancePage from "./BalancePage.vue"
import { arrange, blanksOf, type Column, guestsOf, type HomeBalance, quarterSaid, waiting } from "./balance"

const sunshine = balance("阳光家园", [1, 2, 2, 2], { last: "2026-11-21", next: "2026-12-05" })
const autumn = balance("秋阳家园", [1, 0, 1, 0], { area: "海盐县", last: "2026-09-12" })
const hexin = balance("禾欣家园", [0, 0, 0, 0], { area: "桐乡市" })
const others = ["和风家园", "康乐家园", "同心家园"].map((name) => balance(name, [1, 1, 1, 1], { last: "2026-10-09" }))
const all: HomeBalance[] = [sunshine, autumn, hexin, ...others].map((home, id) => ({ ...home, id }))
const plain: View<Column> = PLAIN
const names = (view: Partial<View<Column>>) => arrange([...all], { ...plain, ...view }).map(({ name }) => name)

it("puts those first that have waited longest", () => {
  expect(names({}).slice(0, 3)).toEqual(["禾欣家园", "秋阳家园", "和风家园"])
  const older = balance("百花家园", [1, 0, 1, 1], { last: "2026-05-01" })
  expect(arrange([older, autumn], plain).map(({ name }) => name)).toEqual(["秋阳家园", "百花家园"])
  expect([blanksOf(hexin), blanksOf(autumn), blanksOf(sunshine), waiting(all)]).toEqual([4, 2, 0, 2])
})

it("finds by name and by area, and those with a blank", () => {
  expect([names({ q: " 秋阳" }), names({ q: "桐乡" }), names({ q: "没有" })]).toEqual([["秋阳家园"], ["禾欣家园"], []])
  expect(names({ only: true })).toEqual(["禾欣家园", "秋阳家园"])
})

it("sorts by each column, both ways, and returns at the third tap", () => {
  expect([names({ by: "total" })[0], names({ by: "total", down: true })[0]]).toEqual(["禾欣家园", "阳光家园"])
  expect(names({ by: "last" }).slice(0, 2)).toEqual(["禾欣家园", "秋阳家园"])
  expect(names({ by: "q3", down: true })[0]).toBe("阳光家园")
  const once = turned(plain, "last")
  const twice = turned(once, "last")
  expect([once.down, twice.down, turned(twice, "last").by]).toEqual([false, true, null])
})

it("says who came, the most faithful first, and the quarters as people do", () => {
  const mixed = { ...sunshine, quarters: [quarter(2025, 4, 1, ""), quarter(2026, 1, 2), quarter(2026, 2, 1, "")] }
  expect(guestsOf(mixed)).toEqual(["自己来的志愿者 2 次", "供电所党支部 2 次"])
  const present = quarter(2026, 3)
  expect([quarter(2025, 4), quarter(2026, 1), present].map((each) => quarterSaid(each, present))).toEqual([
    "去年四季度",
    "一季度",
    "本季",
  ])
})

let homes: HomeBalance[]
let down: boolean
let page: VueWrapper

beforeEach(async () => {
  vi.useFakeTimers({ now: NOW, toFake: ["Date"] })
  await forgetEverything()
  me.value = {
    id: Math.random(),
    relatives: [],
    posts: [],
    organisations: [],
    officer: [{ id: 1, area: "嘉兴市" }],
  } as unknown as Me
  homes = all
  down = false
  fakeServer(() => (down ? OFFLINE : homes))
})
afterEach(() => {
  page?.unmount()
  vi.useRealTimers()
})

async function open(wide: boolean) {
  const listens = { addEventListener: () => undefined, removeEventListener: () => undefined }
  vi.stubGlobal("matchMedia", () => ({ matches: wide, ...listens }))
  const routes = [{ path: "/:rest(.*)*", component: { render: () => null } }]
  const router = createRouter({ history: createMemoryHistory(), routes })
  page = mount(BalancePage, { global: { plugins: [router] } })
  await vi.waitFor(() => expect(page.find(".skeleton").exists()).toBe(false))
}
const rows = () => page.findAll("tbody tr").map((row) => row.findAll("td, th").map((cell) => cell.text()))

it("shows the officer a table in which a blank says so", async () => {
  await open(true)
  expect(page.text()).toContain("本季还没有人去的 2 个，四个季度里有空白的 2 个")
  expect(rows()[1]).toEqual(["秋阳家园", "海盐县", "1", "空白", "1", "空白", "2", "9月12日", "供电所党支部 2 次"])
  await page
    .findAll("th button")
    .find((each) => each.text() === "合计")
    ?.trigger("click")
  expect(page.get("th.total").attributes("aria-sort")).toBe("ascending")
  await page.get("input[type=search]").setValue("阳光")
  expect(rows()).toEqual([["阳光家园", "南湖区", "1", "2", "2", "2", "7", "周六已排 12月5日", "供电所党支部 7 次"]])
})

it("shows cards on a phone", async () => {
  await open(false)
  expect(page.findAll("article").map((each) => each.attributes("aria-label"))[0]).toBe("禾欣家园")
  expect(
    page
      .findAll("article")[1]
      ?.findAll("li")
      .map((each) => each.text()),
  ).toEqual(["去年四季度1 次3 人", "一季度空白", "二季度1 次3 人", "本季空白"])
})

it("shows a manager their own Home, with nothing to search", async () => {
  homes = [sunshine]
  await open(true)
  expect(page.findAll("article")).toHaveLength(1)
  expect(page.find("input[type=search]").exists()).toBe(false)
})

it("leads back from a search that finds nothing", async () => {
  await open(true)
  await page.get("input[type=search]").setValue("没有")
  expect(page.text()).toContain("没有名字或区县里有“没有”的家园。")
  await page
    .findAll("button")
    .find((each) => each.text() === "看全部")
    ?.trigger("click")
  expect(rows()).toHaveLength(6)
})

it("says when the network is down", async () => {
  down = true
  await open(true)
  expect(page.text()).toContain("没能打开探访平衡")
})
