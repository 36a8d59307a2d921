import { mount } from "@vue/test-utils"
import { afterEach, expect, it, vi } from "vitest"
import { createMemoryHistory, createRouter } from "vue-router"
import InstallPage from "./InstallPage.vue"
import { offer } from "./install"

const ANDROID = "Mozilla/5.0 (Linux; Android 13; V2145A) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"
const IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1"
const DESKTOP = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36"

afterEach(() => {
  vi.restoreAllMocks()
  offer.value = null
})

function open(agent: string, standalone = false) {
  vi.spyOn(navigator, "userAgent", "get").mockReturnValue(agent)
  vi.spyOn(window, "matchMedia").mockReturnValue({ matches: standalone } as MediaQueryList)
  const routes = [{ path: "/:rest(.*)*", component: { render: () => null } }]
  const router = createRouter({ history: createMemoryHistory(), routes })
  return mount(InstallPage, { global: { plugins: [router] } })
}
const steps = (page: ReturnType<typeof open>) => page.findAll(".text").map((each) => each.text())

it.each([
  ["WeChat", `${ANDROID} MicroMessenger/8.0`, "请用浏览器打开", "点右上角的三个点", 3],
  ["an iPhone", IPHONE, "放一个在桌面上", "在 Safari 里，点屏幕下方的分享按钮", 4],
  ["Android", ANDROID, "放一个在桌面上", "点浏览器的菜单（三个点，或下方三条横线）", 3],
  ["a computer", DESKTOP, "放一个在桌面上", "打开浏览器的菜单", 2],
])("says step by step what to do in %s", (_place, agent, title, first, count) => {
  const page = open(agent)
  expect(page.get("h2").text()).toBe(title)
  expect([steps(page)[0], steps(page).length]).toEqual([first, count])
})

it("says that it is done where it is", () => {
  const page = open(ANDROID, true)
  expect(page.get("h2").text()).toBe("已经装好了")
  expect(steps(page)).toEqual([])
})

it("installs with one tap where the browser offers it", async () => {
  const prompt = vi.fn(async () => undefined)
  const userChoice = Promise.resolve({ outcome: "accepted" as const })
  offer.value = Object.assign(new Event("beforeinstallprompt"), { prompt, userChoice })
  const page = open(ANDROID)
  expect(steps(page)).toEqual([])
  await page.findAll("button").at(-1)?.trigger("click")
  await vi.waitFor(() => expect(page.get("h2").text()).toBe("已经装好了"))
  expect(prompt).toHaveBeenCalledOnce()
})
