import { type DOMWrapper, flushPromises, mount, type VueWrapper } from "@vue/test-utils"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { createMemoryHistory, createRouter } from "vue-router"
import { forgetEverything, remember } from "@/api/db"
import { chooseRole, forgetRole, me } from "@/api/session"
import { fakeServer, OFFLINE, refusing } from "@/api/test/fakeServer"
import type { Me } from "@/api/types"
import { setCare } from "@/ui/care"
import CalendarPage from "./CalendarPage.vue"
import type { Calendar } from "./calendar"
import { at, autumn, calendar, card, DAY, sunshine } from "./testing"

const member = { id: 1, name: "沈志强", short_name: "志强", avatar: { text: "志", colour: 0, photo: null } }
const bound = (home: object) => ({ id: 1, member, home, relation: "妈妈", can_sign: true })
const mine = (state: "joined" | "left_early" | "declined" | null) => [{ member: 1, meant: true, state }]

const week = calendar(
  [{}, { date: "2026-11-28", open: false }, { date: "2026-11-29", kind: "workday", name: "元旦" }],
  [
    card(1, {
      therapy: "rehab",
      title: "晨间早操",
      starts_at: at("08:40"),
      ends_at: at("09:00"),
      mine: mine("joined"),
    }),
    card(2, { mine: mine(null) }),
    card(3, {
      therapy: "culture",
      title: "书法绘画",
      starts_at: at("15:00"),
      ends_at: at("16:00"),
      state: "cancelled",
      reason: "老师生病",
    }),
    card(4, { title: "菜园浇水", starts_at: at("10:10", "2026-11-26"), ends_at: at("11:00", "2026-11-26") }),
  ],
)
let answer: unknown = week
let asked: string[] = []
let page: VueWrapper

beforeEach(async () => {
  vi.useFakeTimers({ now: Date.parse(at("10:30")), toFake: ["Date"] })
  await forgetEverything()
  forgetRole()
  setCare(false)
  me.value = {
    id: Math.random(),
    relatives: [bound(sunshine)],
    posts: [],
    officer: [],
    organisations: [],
  } as unknown as Me
  answer = week
  asked = fakeServer(({ path }) => (path === "/api/moments/sessions" ? [{ session: 2, photos: 6 }] : answer)).asked
})
afterEach(() => {
  page.unmount()
  vi.useRealTimers()
})

async function open(path = "/calendar") {
  const routes = [{ path: "/:rest(.*)*", component: { render: () => null } }]
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push(path)
  page = mount(CalendarPage, { global: { plugins: [router] }, attachTo: document.body })
  return router
}
const shows = (words: string) => vi.waitFor(() => expect(page.text()).toContain(words))
const asks = (request: string) => vi.waitFor(() => expect(asked).toContain(request))
const isDay = (words: string) => vi.waitFor(() => expect(page.get("h2").text()).toContain(words))
const named = (each: DOMWrapper<Element>) => each.attributes("aria-label") ?? each.text()
function button(label: string): DOMWrapper<Element> {
  const found = page.findAll("button").find((each) => named(each).startsWith(label))
  if (!found) throw new Error(`no button ${label}`)
  return found
}
const titles = () => page.findAll(".session .title").map((each) => each.text())
const touch = (x: number, y = 100) => ({ clientX: x, clientY: y })
async function swipe(place: string, from: number, to: number) {
  await page.get(place).trigger("touchstart", { touches: [touch(from)] })
  await page.get(place).trigger("touchend", { changedTouches: [touch(to)] })
  await flushPromises()
}

describe("the day", () => {
  it("tells what is, where, who leads it, what is running now, and what my member has to do with it", async () => {
    await open()
    await shows("采摘青菜")
    expect(asked).toContain("GET /api/calendar?home=1&from=2026-11-23&to=2026-11-29")
    expect(page.get("h2").text()).toBe("今天 11月25日 周三")
    expect(titles()).toEqual(["晨间早操", "采摘青菜", "书法绘画"])
    const [exercise, harvest] = page.findAll(".session").map((each) => each.text())
    expect(exercise).toContain("志强参加了")
    expect(harvest).toContain("农疗正在进行")
    expect(harvest).toContain("菜园 · 陆老师带 · 28 人")
    expect(harvest).toContain("志强在名单上")
    expect(exercise).not.toContain("正在进行")
  })

  it("counts the photos of what has begun, and asks for no others", async () => {
    await open()
    await shows("6 张照片")
    expect(page.findAll(".session").map((each) => each.text().includes("6 张照片"))).toEqual([false, true, false])
    expect(asked).toContain("GET /api/moments/sessions?sessions=1%2C2")
    await button("明天 11月26日").trigger("click")
    await shows("菜园浇水")
    expect(asked.filter((each) => each.includes("/api/moments"))).toHaveLength(1)
  })

  it("strikes what was cancelled and says why", async () => {
    await open()
    await shows("原因：老师生病")
    expect(page.get("s").text()).toBe("书法绘画")
    expect(page.text()).toContain("已取消")
  })

  it("is chosen on the strip, by buttons and with a finger, and today is one tap away", async () => {
    const router = await open()
    await shows("采摘青菜")
    await button("明天 11月26日").trigger("click")
    await shows("菜园浇水")
    expect(router.currentRoute.value.fullPath).toBe("/calendar?day=2026-11-26")
    await swipe(".agenda", 300, 100)
    await isDay("11月27日 周五")
    await button("前一天").trigger("click")
    await isDay("明天 11月26日")
    await swipe(".strip", 300, 100)
    await isDay("12月3日 周四")
    await asks("GET /api/calendar?home=1&from=2026-11-30&to=2026-12-06")
    await button("上一周").trigger("click")
    await button("回到今天").trigger("click")
    await isDay("今天 11月25日")
  })

  it("does not turn when the finger only scrolls", async () => {
    await open()
    await shows("采摘青菜")
    await page.get(".agenda").trigger("touchstart", { touches: [touch(300, 100)] })
    await page.get(".agenda").trigger("touchend", { changedTouches: [touch(230, 400)] })
    expect(page.get("h2").text()).toContain("今天")
  })

  it("is filtered by therapy, and says when there is none of it", async () => {
    await open()
    await shows("采摘青菜")
    await page.get("input[value=rehab]").setValue()
    await vi.waitFor(() => expect(titles()).toEqual(["晨间早操"]))
    await page.get("input[value=work]").setValue()
    await shows("这一天没有工疗活动")
  })

  it("tells a day without sessions, a day the Home is closed, and a make-up workday", async () => {
    await open("/calendar?day=2026-11-28")
    await shows("这一天家园不开门")
    expect(page.text()).toContain("家园休息")
    await button("11月29日").trigger("click")
    await shows("这一天还没有安排活动")
    expect(page.text()).toContain("元旦调休上班")
    expect(button("11月29日").text()).toContain("班")
  })
})

describe("the month", () => {
  it("asks for its whole weeks and keeps the day's agenda below", async () => {
    await open()
    await shows("采摘青菜")
    await button("看整月").trigger("click")
    await shows("2026年11月")
    await asks("GET /api/calendar?home=1&from=2026-10-26&to=2026-12-06")
    expect(page.findAll(".strip .day")).toHaveLength(42)
    await button("下一月").trigger("click")
    await shows("2026年12月")
  })

  it("marks the festivals", async () => {
    await open("/calendar?day=2026-09-24&view=month")
    await shows("2026年9月")
    expect(button("9月25日").text()).toContain("中秋节")
  })
})

describe("without an answer", () => {
  it("shows the last known week and how old it is", async () => {
    await remember("calendar:1:2026-11-23:2026-11-29", week, Date.parse(at("08:00")))
    answer = OFFLINE
    await open()
    await shows("采摘青菜")
    await shows("连不上网络，这是今天 08:00的情况")
  })

  it("says so when it knows nothing, and tries again", async () => {
    answer = OFFLINE
    await open()
    await shows("网络断开了")
    answer = week
    await page.get("[role=alert] button").trigger("click")
    await shows("采摘青菜")
  })

  it("shows nothing from memory that the server no longer shows", async () => {
    await remember("calendar:1:2026-11-23:2026-11-29", week)
    answer = refusing(404, "没有找到。")
    await open()
    await shows("没有找到。")
    expect(titles()).toEqual([])
  })
})

describe("whose calendar", () => {
  it("is chosen by who has members in two Homes", async () => {
    const relatives = [bound(sunshine), { ...bound(autumn), member: { ...member, id: 2 } }, bound(sunshine)]
    me.value = { ...me.value, id: Math.random(), relatives } as unknown as Me
    await open()
    await shows("采摘青菜")
    expect(page.findAll("option").map((each) => each.text())).toEqual(["阳光家园", "秋阳家园"])
    answer = calendar([{}], [card(9, { title: "公园散步" })], autumn) satisfies Calendar
    await page.get("select").setValue("2")
    await shows("公园散步")
    expect(asked).toContain("GET /api/calendar?home=2&from=2026-11-23&to=2026-11-29")
  })

  it("is any Home's of an officer's areas", async () => {
    me.value = { ...me.value, id: Math.random(), relatives: [], officer: [{ area: "南湖区" }] } as unknown as Me
    chooseRole("officer")
    fakeServer(({ path }) => (path === "/api/calendar" ? week : { items: [sunshine, autumn] }))
    await open()
    await shows("采摘青菜")
    expect(page.findAll("option")).toHaveLength(2)
  })
})

it("shows one day at a time in 关怀版", async () => {
  setCare(true)
  await open(`/calendar?day=${DAY}&view=month`)
  await shows("采摘青菜")
  expect(page.find(".strip").exists()).toBe(false)
  await button("后一天").trigger("click")
  await shows("菜园浇水")
})
