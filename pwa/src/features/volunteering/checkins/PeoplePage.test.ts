import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { forgetEverything } from "@/api/db"
import { me } from "@/api/session"
import { fakeServer } from "@/api/test/fakeServer"
import type { Me } from "@/api/types"
import { button, look, type Seen } from "../records/testing"
import { at, event } from "../testing"
import { type Person, peopleOf } from "./eventDay"
import PeoplePage from "./PeoplePage.vue"

const person = (name: string, changes: Partial<Person>): Person => ({
  ...{ signup: name, name, shift: "陪伴散步", organisation: "", companions: 0 },
  ...{ standing: "no_show", since: null, record: null, minutes: null, reason: "" },
  ...changes,
})
let page: Seen

beforeEach(async () => {
  await forgetEverything()
  me.value = { id: Math.random(), posts: [], organisations: [], officer: [] } as unknown as Me
})
afterEach(() => {
  page.unmount()
  vi.useRealTimers()
})

async function show(now: string, ...people: Person[]) {
  vi.useFakeTimers({ now: Date.parse(now), toFake: ["Date"] })
  const { id, title, home } = event()
  const day = { event: id, title, home, starts_at: at("09:00"), ends_at: at("11:30"), people, claims: [] }
  fakeServer(({ path }) => (path.endsWith("/day") ? day : path.endsWith("/people") ? [] : event({ staff: true })))
  page = await look(PeoplePage, { id })
  await vi.waitFor(() => expect(peopleOf(id).data.value).not.toBeNull())
}
const ways = () => page.findAll(".tap").map((each) => each.attributes("aria-label"))

it("signs in and out while it lasts", async () => {
  const here = person("徐明", { standing: "here", since: at("09:02"), record: 7 })
  await show(at("10:00"), here, person("钱丽", { standing: "overdue" }))
  expect(ways()).toEqual(["徐明走了", "钱丽到了"])
  await vi.waitFor(() => expect(button(page, "平板上的签到码")).toBeDefined())
})

it("leads to the records once it is over; who forgot to sign out still may", async () => {
  const forgot = person("徐明", { standing: "here", since: at("09:02"), record: 7 })
  await show(at("12:00"), forgot, person("钱丽", { record: 8 }), person("孙海峰", { standing: "left", record: 9 }))
  expect(ways()).toEqual(["徐明走了", "徐明的服务记录", "钱丽的服务记录", "孙海峰的服务记录"])
  expect(button(page, "平板上的签到码")).toBeUndefined()
  expect(page.get("a.tap").attributes("href")).toBe("/service/records/7")
})
