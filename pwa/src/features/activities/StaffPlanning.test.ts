import { mount, type VueWrapper } from "@vue/test-utils"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { createMemoryHistory, createRouter } from "vue-router"
import { fakeServer } from "@/api/test/fakeServer"
import StaffPlanning from "./StaffPlanning.vue"
import { DAY } from "./testing"

let gone: number
let made: { activities: string[]; sessions: number[]; conflicts: string[] }
let sent: unknown[]
let page: VueWrapper

beforeEach(() => {
  gone = 2
  made = { activities: ["a", "b"], sessions: [1, 2], conflicts: ["菜园里还有“浇水”。"] }
  sent = []
  fakeServer(({ path, body }) => {
    sent.push([path, body])
    return path.endsWith("taken-back") ? { sessions: gone } : made
  })
})
afterEach(() => page.unmount())

function open(day = DAY) {
  const routes = [{ path: "/:rest(.*)*", component: { render: () => null } }]
  const router = createRouter({ history: createMemoryHistory(), routes })
  const props = { home: 1, day, today: DAY }
  page = mount(StaffPlanning, { props, global: { plugins: [router] }, attachTo: document.body })
}
const shows = (words: string) => vi.waitFor(() => expect(page.text()).toContain(words))
const tap = async (words: string) =>
  page
    .findAll("button")
    .find((each) => each.text().startsWith(words))
    ?.trigger("click")

it("copies last week in two taps, says what was made and what it meets, and takes it back", async () => {
  open()
  await tap("照抄上周")
  expect(page.get("dialog").text()).toContain("把 11月16日–22日 的活动，照样排到 11月23日–29日。")
  await tap("照抄到这一周")
  await shows("照抄好了，新排了 2 场")
  await shows("菜园里还有“浇水”。")
  await tap("撤销")
  await shows("撤销了，刚才排的 2 场都没有了。")
  expect(sent).toEqual([
    ["/api/calendar/weeks", { home: 1, week: DAY }],
    ["/api/calendar/weeks/taken-back", { home: 1, activities: ["a", "b"] }],
  ])
  expect(page.emitted("changed")).toHaveLength(2)
})

it("is honest about what could not be taken back", async () => {
  gone = 1
  open()
  await tap("照抄上周")
  await tap("照抄到这一周")
  await shows("新排了 2 场")
  await tap("撤销")
  await shows("撤销了 1 场，另外 1 场已经开始或改过，还在。")
})

it("says when there was nothing to copy, and offers nothing to take back", async () => {
  made = { activities: [], sessions: [], conflicts: [] }
  open()
  await tap("照抄上周")
  await tap("照抄到这一周")
  await shows("没有要新排的，上周的这一周都有了")
  expect(page.text()).not.toContain("撤销")
})

it("plans nothing into the past", () => {
  open("2026-11-20")
  expect(page.text()).not.toContain("在这天排活动")
  expect(page.text()).not.toContain("照抄上周")
})
