import { flushPromises, mount } from "@vue/test-utils"
import { beforeEach, expect, it, vi } from "vitest"
import { me } from "@/api/session"
import { fakeServer, OFFLINE, refusing } from "@/api/test/fakeServer"
import type { Me } from "@/api/types"
import { current } from "@/ui/toast"
import KeeperSheet from "./KeeperSheet.vue"
import { atDoor } from "./keeper"

const home = { id: 1, name: "阳光家园", phone: "", area: "" }
const colleagues = [
  { id: 7, title: "陆老师", role: "carer", has_pin: true },
  { id: 8, title: "周老师", role: "carer", has_pin: true },
]
let door: unknown
let sent: unknown[]
let n = 0

beforeEach(() => {
  localStorage.clear()
  sent = []
  door = undefined
  // Another person each time: the last one's choice is not theirs.
  n += 1
  me.value = { id: n, posts: [{ id: 7, home, role: "carer", title: "陆老师", has_pin: true }] } as unknown as Me
  fakeServer(({ method, body }) => {
    if (method === "GET") return colleagues
    sent.push(body)
    return door
  })
})

async function chooseZhou() {
  const sheet = mount(KeeperSheet, { props: { modelValue: true }, attachTo: document.body })
  await vi.waitFor(() => expect(sheet.text()).toContain("周老师"))
  await press(sheet, "周老师")
  return sheet
}
type Shown = Awaited<ReturnType<typeof chooseZhou>>

async function press(sheet: Shown, word: string) {
  await sheet
    .findAll("button")
    .find((each) => each.text() === word)
    ?.trigger("click")
  await flushPromises()
}
const key = (sheet: Shown, name: string) => sheet.get("fieldset").trigger("keydown", { key: name })
const full = (sheet: Shown) => sheet.findAll(".dots .full").length

it("takes the digits from fingers, and takes back the last", async () => {
  const sheet = await chooseZhou()
  for (const digit of ["0", "0", "1", "9", "删除", "3"]) await press(sheet, digit)
  expect([full(sheet), sheet.get("[role=status]").text()]).toEqual([4, "已输入 4 位"])
  await press(sheet, "确定换人")
  expect(sent).toEqual([{ post: 8, pin: "0013" }])
  expect([atDoor.value?.title, current.value?.text]).toEqual(["周老师", "门口现在是周老师"])
  expect(sheet.emitted("update:modelValue")).toEqual([[false]])
})

it("takes the digits from a keyboard, which has the focus at once; six are enough", async () => {
  const sheet = await chooseZhou()
  expect(document.activeElement).toBe(sheet.get("fieldset").element)
  for (const name of ["1", "2", "3", "4", "5", "6", "7", "Backspace", "Enter"]) await key(sheet, name)
  await flushPromises()
  expect(sent).toEqual([{ post: 8, pin: "12345" }])
})

it("sends nothing that is too short to be one", async () => {
  const sheet = await chooseZhou()
  for (const name of ["1", "2", "3", "Enter"]) await key(sheet, name)
  expect([full(sheet), sent]).toEqual([3, []])
})

it("says what was wrong, empties the pad, and lets the former teacher stand", async () => {
  const sheet = await chooseZhou()
  door = refusing(422, "密码不对，请再输一次。")
  for (const name of ["1", "1", "1", "1", "Enter"]) await key(sheet, name)
  await flushPromises()
  expect(sheet.get("[role=alert]").text()).toBe("密码不对，请再输一次。")
  expect([full(sheet), atDoor.value?.title]).toEqual([0, "陆老师"])
  await press(sheet, "返回")
  expect(sheet.text()).toContain("换人以后")
})

it("says that only the network can change the teacher, and whose name the taps carry till then", async () => {
  const sheet = await chooseZhou()
  door = OFFLINE
  for (const name of ["1", "1", "1", "1", "Enter"]) await key(sheet, name)
  await flushPromises()
  expect(sheet.get("[role=alert]").text()).toBe("网络断开了，现在换不了人。记录照常写陆老师，连上网再换。")
})
