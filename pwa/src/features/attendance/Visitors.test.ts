import { mount, RouterLinkStub } from "@vue/test-utils"
import { expect, it, vi } from "vitest"
import { fakeServer, refusing } from "@/api/test/fakeServer"
import Visitors from "./Visitors.vue"

const visit = {
  event: "019c0000-0000-7000-8000-000000000001",
  title: "周六义诊",
  starts_at: "2026-03-04T01:00:00Z",
  ends_at: "2026-03-04T03:30:00Z",
  parties: [
    { organisation: "供电所党支部", expected: 3, here: 2, came: 2 },
    { organisation: "", expected: 1, here: 0, came: 1 },
  ],
  here: 2,
  waiting: true,
}

async function open(home: number, answer: () => unknown, staff = false) {
  const { asked } = fakeServer(answer)
  const page = mount(Visitors, { props: { home, staff }, global: { stubs: { RouterLink: RouterLinkStub } } })
  await vi.waitFor(() => expect(asked).toHaveLength(1))
  await new Promise((done) => setTimeout(done, 20))
  return page
}

it("says who is in the house and who is expected", async () => {
  const page = await open(1, () => [visit])
  expect(page.text()).toContain("2 人在家园")
  expect(page.text()).toContain("09:00–11:30 · 供电所党支部 3 人、个人 1 人")
  expect(page.text()).not.toContain("断网")
})

it("tells staff that somebody waits for a yes, and leads them to the list; a family only reads", async () => {
  const page = await open(2, () => [visit], true)
  expect(page.text()).toContain("等您确认")
  expect(page.getComponent(RouterLinkStub).props("to")).toBe(`/service/${visit.event}/people`)
  expect((await open(3, () => [visit])).findComponent(RouterLinkStub).exists()).toBe(false)
})

it("takes no room when nobody comes, or nobody can be asked", async () => {
  for (const answer of [() => [], () => [{ ...visit, parties: [] }], () => refusing(503, "系统正忙")]) {
    expect((await open(Math.random(), answer)).text()).toBe("")
  }
})
