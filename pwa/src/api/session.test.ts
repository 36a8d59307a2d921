import { beforeEach, expect, it, vi } from "vitest"
import { forgetEverything, recall } from "./db"
import { chooseRole, forgetRole, loadMe, me, role, roles, set, signedIn } from "./session"
import { fakeServer, OFFLINE, refusing } from "./test/fakeServer"
import type { Me } from "./types"

const nobody: Me = {
  id: 1,
  name: "李秀珍",
  phone_masked: "138****0001",
  held: false,
  relatives: [],
  posts: [],
  organisations: [],
  officer: [],
  volunteer: false,
  device: { id: 1, shared: false },
  demo: true,
}
const avatar = { text: "志", colour: 1, photo: null }
const son = { id: 1, name: "沈志强", short_name: "志强", avatar }
const home = { id: 1, name: "阳光家园", phone: "0573", area: "南湖区" }
const mother: Me = {
  ...nobody,
  relatives: [{ id: 1, member: son, home, relation: "妈妈", can_sign: true, shows_name: false }],
}
const teacher: Me = { ...mother, posts: [{ id: 2, home, role: "carer", title: "陆老师", has_pin: true }] }

beforeEach(async () => {
  await forgetEverything()
  set(null)
  forgetRole()
})

it("knows who is signed in", async () => {
  fakeServer(() => mother)
  await loadMe()
  expect([signedIn.value, me.value?.name, role.value]).toEqual([true, "李秀珍", "relative"])
})

it("knows that nobody is signed in", async () => {
  fakeServer(() => refusing(401, "请先登录。"))
  await loadMe()
  expect([signedIn.value, me.value]).toEqual([false, null])
})

it("asks nobody in a browser where nobody ever signed in", async () => {
  const { asked } = fakeServer(() => mother)
  // biome-ignore lint/suspicious/noDocumentCookie: happy-dom has no Cookie Store.
  document.cookie = "csrftoken=; expires=Thu, 01 Jan 1970 00:00:00 GMT"
  await loadMe()
  expect([signedIn.value, asked]).toEqual([false, []])
})

it("opens for the last known person without a network", async () => {
  fakeServer(() => mother)
  await loadMe()
  await expect.poll(() => recall("me")).not.toBeNull()
  set(null)
  fakeServer(() => OFFLINE)
  await loadMe()
  expect([signedIn.value, me.value?.id]).toEqual([true, 1])
})

it("opens for the last known person on a network that hangs, and takes the answer when it comes", async () => {
  fakeServer(() => mother)
  await loadMe()
  await expect.poll(() => recall("me")).not.toBeNull()
  me.value = null
  let answer: (response: Response) => void = () => undefined
  vi.stubGlobal("fetch", () => new Promise<Response>((done) => (answer = done)))
  await loadMe()
  expect([signedIn.value, roles.value]).toEqual([true, ["relative"]])
  answer(refusing(401, "请先登录。"))
  await expect.poll(() => signedIn.value).toBe(false)
})

it.each([
  [nobody, ["volunteer"]],
  [
    { ...nobody, organisations: [{ id: 1, name: "供电所党支部", kind: "party", verified: true, role: "coordinator" }] },
    ["volunteer"],
  ],
  [mother, ["relative"]],
  [{ ...mother, volunteer: true }, ["relative", "volunteer"]],
  [teacher, ["staff", "relative"]],
  [{ ...nobody, officer: [{ id: 1, area: "嘉兴市" }] }, ["officer"]],
] as [Me, string[]][])("reads the roles from the rows", (person, expected) => {
  set(person)
  expect(roles.value).toEqual(expected)
})

it("remembers the chosen role, and only while the person has it", () => {
  set(teacher)
  chooseRole("relative")
  expect(role.value).toBe("relative")
  set({ ...teacher, relatives: [] })
  expect(role.value).toBe("staff")
})
