import { mount } from "@vue/test-utils"
import { beforeEach, expect, it, vi } from "vitest"
import { createMemoryHistory, createRouter } from "vue-router"
import { forgetEverything } from "@/api/db"
import { me } from "@/api/session"
import { fakeServer } from "@/api/test/fakeServer"
import type { Me } from "@/api/types"
import HomePage from "./HomePage.vue"

const sunshine = { id: 3, name: "阳光家园", phone: "" }
const proposal = { id: "p", title: "一起包饺子", organisation: "供电所党支部", people: 5, mine: false, home: sunshine }
const times = { starts_at: "2026-12-12T01:00:00Z", ends_at: "2026-12-12T03:00:00Z" }

beforeEach(async () => {
  await forgetEverything()
  const post = { id: 7, home: sunshine, role: "manager", title: "王院长", has_pin: true }
  me.value = { id: Math.random(), relatives: [], posts: [post], officer: [], organisations: [] } as unknown as Me
})

async function open(proposals: unknown[], wishes: unknown[]) {
  const { asked } = fakeServer(({ path }) =>
    path === "/api/proposals"
      ? proposals
      : path.startsWith("/api/wishes")
        ? wishes
        : path.endsWith("/corrections")
          ? []
          : { items: [] },
  )
  const routes = [{ path: "/:rest(.*)*", component: { render: () => null } }]
  const page = mount(HomePage, { global: { plugins: [createRouter({ history: createMemoryHistory(), routes })] } })
  await vi.waitFor(() => expect(asked.length).toBeGreaterThanOrEqual(4))
  return page
}

it("says first that somebody would like to come, and leads to them", async () => {
  const answered = { ...proposal, id: "q", ...times, state: "accepted" }
  const page = await open(
    [{ ...proposal, ...times, state: "sent" }, answered],
    [{ id: "w", title: "想学弹吉他", state: "claimed", people: 1 }],
  )
  await vi.waitFor(() => expect(page.text()).toContain("等您答复"))
  const row = page.findAll("button").find((each) => each.text().includes("有人想来"))
  expect(row?.text()).toContain("2")
  await row?.trigger("click")
  await vi.waitFor(() => expect(page.text()).toContain("供电所党支部：一起包饺子"))
})

it("says nothing of waiting where nothing waits", async () => {
  const page = await open([{ ...proposal, ...times, state: "accepted" }], [])
  await vi.waitFor(() => expect(page.text()).toContain("还没有排活动"))
  expect(page.text()).not.toContain("等您答复")
})
