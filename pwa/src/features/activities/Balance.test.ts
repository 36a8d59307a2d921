import { mount } from "@vue/test-utils"
import { expect, it, vi } from "vitest"
import { fakeServer } from "@/api/test/fakeServer"
import Balance from "./Balance.vue"

it("tells a month of the five therapies, planned and taken part in, in a picture and in words", async () => {
  const therapies = [
    { therapy: "work", planned: 8, taken: 4 },
    { therapy: "farm", planned: 0, taken: 0 },
  ]
  const { asked } = fakeServer(() => ({ member: 1, short_name: "志强", month: "2026-11", therapies }))
  const page = mount(Balance, { props: { member: 1, month: "2026-11" } })
  await vi.waitFor(() => expect(page.text()).toContain("志强的 11 月"))
  expect(asked).toEqual(["GET /api/calendar/balance?member=1&month=2026-11"])
  const [work, farm] = page.findAll("li")
  expect(work?.text()).toBe("工工疗计划 8 次参加 4 次")
  expect(work?.get(".gone").attributes("stroke-dasharray")).toMatch(/^62\.8/)
  expect(farm?.get(".gone").attributes("stroke-dasharray")).toMatch(/^0 /)
})
