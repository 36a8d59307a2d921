import { mount, type VueWrapper } from "@vue/test-utils"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { createMemoryHistory, createRouter } from "vue-router"
import { forgetEverything } from "@/api/db"
import { me } from "@/api/session"
import { fakeServer, refusing } from "@/api/test/fakeServer"
import type { Me } from "@/api/types"
import GroupsPage from "./GroupsPage.vue"
import type { Group } from "./planning"
import { sunshine } from "./testing"

const FACES = ["志强", "小芳"].map((name, id) => ({
  id,
  name: `沈${name}`,
  short_name: name,
  avatar: { text: name[0], colour: id },
}))
let groups: Group[]
let refused: Response | null
let sent: unknown[]
let page: VueWrapper

beforeEach(async () => {
  await forgetEverything()
  me.value = {
    id: Math.random(),
    relatives: [],
    posts: [{ id: 5, home: sunshine }],
    officer: [],
    organisations: [],
  } as unknown as Me
  groups = [{ id: 3, name: "合唱队", members: [0, 1] }]
  refused = null
  sent = []
  fakeServer(({ method, path, body }) => {
    if (path.endsWith("members")) return { items: FACES, next: null }
    if (method === "GET") return groups
    sent.push([method, path, body])
    if (refused) return refused
    if (method === "POST") groups = [...groups, { id: 4, name: "菜园组", members: [1] }]
    if (method === "DELETE") groups = []
    return method === "DELETE" ? undefined : groups[0]
  })
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: "/", component: GroupsPage }] })
  page = mount(GroupsPage, { global: { plugins: [router] }, attachTo: document.body })
  await shows("志强、小芳")
})
afterEach(() => page.unmount())

const shows = (words: string) => vi.waitFor(() => expect(page.text()).toContain(words))
const tap = async (words: string) =>
  page
    .findAll("button")
    .find((each) => each.text().includes(words))
    ?.trigger("click")

it("makes a group of some members", async () => {
  await tap("加一个小组")
  await page.get("form").trigger("submit")
  await shows("请写小组叫什么。")
  await shows("请至少点一位。")
  await page.get("form input").setValue("菜园组")
  await page.findAll("input[type=checkbox]")[1]?.setValue(true)
  await page.get("form").trigger("submit")
  await shows("菜园组小芳1 人")
  expect(sent).toEqual([["POST", "/api/calendar/groups", { home: 1, name: "菜园组", members: [1] }]])
})

it("edits one, and deletes it unless it was planned for", async () => {
  await tap("合唱队")
  await page.findAll("input[type=checkbox]")[0]?.setValue(false)
  await page.get("form").trigger("submit")
  await vi.waitFor(() => expect(sent).toEqual([["PUT", "/api/calendar/groups/3", { name: "合唱队", members: [1] }]]))
  refused = refusing(409, "合唱队已经排过活动，不能删除，可以改成员。")
  await vi.waitFor(() => expect(page.get("dialog").attributes("open")).toBeUndefined())
  await tap("合唱队")
  await tap("删除这个小组")
  await shows("没有成：合唱队已经排过活动，不能删除，可以改成员。")
  refused = null
  await tap("删除这个小组")
  await vi.waitFor(() => expect(page.text()).not.toContain("合唱队"))
})
