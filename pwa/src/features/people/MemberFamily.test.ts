import { flushPromises, mount } from "@vue/test-utils"
import { beforeEach, expect, it, vi } from "vitest"
import { me } from "@/api/session"
import { fakeServer, OFFLINE } from "@/api/test/fakeServer"
import type { Me } from "@/api/types"
import { current } from "@/ui/toast"
import MemberFamily from "./MemberFamily.vue"
import { type Member, memberOf } from "./people"

const soon = new Date(Date.now() + 72 * 3_600_000).toISOString()
const mother = {
  id: 11,
  name: "李秀珍",
  relation: "妈妈",
  can_sign: true,
  phone: "+8613800000001",
  since: soon,
  held: false,
}
let member: Member
let asked: string[]
let cut: boolean

beforeEach(async () => {
  asked = []
  cut = false
  current.value = null
  document.body.innerHTML = ""
  const avatar = { text: "志", colour: 0, photo: null }
  member = { id: 1, name: "沈志强", short_name: "志强", avatar, pattern: [], relatives: [mother], invitations: [] }
  me.value = { id: Math.random(), posts: [] } as unknown as Me
  fakeServer(({ method, path, body }) => {
    if (method !== "GET") asked.push(`${method} ${path}${body ? ` ${JSON.stringify(body)}` : ""}`)
    if (cut) return OFFLINE
    if (path.endsWith("/invitations")) {
      member = {
        ...member,
        invitations: [{ id: 5, relation: "姐姐", can_sign: false, expires_at: soon, state: "open" }],
      }
      return { id: 5, url: "http://home.test/i/token", qr: "<svg/>", expires_at: soon }
    }
    if (method === "GET") return member
    if (path === "/api/relatives/11") member = { ...member, relatives: [] }
    if (path === "/api/invitations/5") member = { ...member, invitations: [] }
    return undefined
  })
  await memberOf(1).refresh()
})

const open = () =>
  mount(MemberFamily, {
    props: { member: memberOf(1).data.value ?? member, now: Date.now() },
    attachTo: document.body,
  })
type Shown = ReturnType<typeof open>

/** The page gives the part what was read last. */
async function press(page: Shown, word: string) {
  const button = page.findAll("button").find((each) => each.text().startsWith(word))
  if (!button) throw new Error(`no button ${word}: ${page.text()}`)
  await (button.attributes("type") === "submit" ? page.get("form").trigger("submit") : button.trigger("click"))
  await flushPromises()
  await page.setProps({ member: memberOf(1).data.value ?? member })
}

it("asks before it unbinds somebody, and says what that means for their phone", async () => {
  const page = open()
  await press(page, "妈妈 · 李秀珍")
  expect(page.get("a").attributes("href")).toBe("tel:+8613800000001")
  await press(page, "解除绑定")
  expect(page.text()).toContain("李秀珍的手机马上看不到志强的消息")
  expect(asked).toEqual([])
  await press(page, "不解除")
  await press(page, "解除绑定")
  await press(page, "解除妈妈的绑定")
  await vi.waitFor(() => expect(current.value?.text).toBe("妈妈 李秀珍 已解除绑定"))
  await page.setProps({ member: memberOf(1).data.value ?? member })
  expect(asked).toEqual(["DELETE /api/relatives/11"])
  expect(page.text()).toContain("还没有家属加入")
})

it("keeps the bond, and says so, when nobody answered", async () => {
  const page = open()
  await press(page, "妈妈")
  await press(page, "解除绑定")
  cut = true
  await press(page, "解除妈妈的绑定")
  expect(page.get("[role=alert]").text()).toContain("网络断开了")
  expect(current.value).toBeNull()
})

async function invite(page: Shown) {
  await press(page, "邀请家属")
  await press(page, "出二维码")
  expect(page.get("[role=alert]").text()).toBe("请先写是什么关系。")
  await press(page, "姐姐")
  await press(page, "出二维码")
  expect(page.get("img.code").attributes("alt")).toBe("邀请姐姐的二维码")
}

it("makes a code for one relation, and says who came in while it is on the screen", async () => {
  const page = open()
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] })
  await invite(page)
  expect(asked).toEqual(['POST /api/members/1/invitations {"relation":"姐姐","can_sign":false}'])
  member = { ...member, invitations: [{ id: 5, relation: "姐姐", can_sign: false, expires_at: soon, state: "used" }] }
  vi.advanceTimersByTime(3_000)
  vi.useRealTimers()
  await vi.waitFor(() => expect(memberOf(1).data.value?.invitations[0]?.state).toBe("used"))
  await page.setProps({ member: memberOf(1).data.value ?? member })
  expect(page.find("img.code").exists()).toBe(false)
  expect(page.text()).toContain("姐姐加入了")
})

it("takes an open invitation back", async () => {
  const page = open()
  await invite(page)
  await press(page, "撤回这个邀请")
  await vi.waitFor(() => expect(current.value?.text).toBe("邀请撤回了，扫码不再有用"))
  expect(asked.at(-1)).toBe("DELETE /api/invitations/5")
})
