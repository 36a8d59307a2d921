import { flushPromises } from "@vue/test-utils"
import { afterEach, beforeEach, expect, it } from "vitest"
import { forgetEverything } from "@/api/db"
import { me } from "@/api/session"
import { fakeServer } from "@/api/test/fakeServer"
import type { Me } from "@/api/types"
import { button, look, type Seen } from "../records/testing"
import AreaPage from "./AreaPage.vue"

let page: Seen
let waiting: unknown[]
let asked: string[]

beforeEach(async () => {
  await forgetEverything()
  me.value = { id: Math.random(), posts: [], organisations: [], officer: [{ area: "嘉兴市" }] } as unknown as Me
  waiting = [{ id: 9, name: "城北社区党支部", kind: "party", people: 12 }]
  asked = fakeServer(({ method }) => (method === "GET" ? waiting : undefined)).asked
})
afterEach(() => page.unmount())

it("lets the officer verify an organisation, once", async () => {
  page = await look(AreaPage)
  expect(page.text()).toContain("党组织 · 12 人")
  waiting = []
  await button(page, "城北社区党支部核实了")?.trigger("click")
  await flushPromises()
  expect(asked).toContain("POST /api/organisations/9/verification")
  expect(page.text()).toContain("没有等核实的组织")
})
