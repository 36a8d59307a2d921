import { flushPromises } from "@vue/test-utils"
import { beforeEach, expect, it } from "vitest"
import { me } from "@/api/session"
import { fakeServer } from "@/api/test/fakeServer"
import type { Me } from "@/api/types"
import { askLeave, dayOf, withdrawLeave } from "./day"

/** What the server knows; the first answer after `hold` was read before, and comes only when it is let go. */
let state = "waiting"
let letGo: (() => void) | null = null

function hold() {
  const old = { state, leave: null }
  const waits = new Promise<void>((resolve) => {
    letGo = resolve
  })
  const now = fetch
  let first = true
  globalThis.fetch = async (...request) => {
    if (!first) return now(...request)
    first = false
    await waits
    return Response.json(old)
  }
}

beforeEach(async () => {
  state = "waiting"
  me.value = { id: 1, posts: [], relatives: [] } as unknown as Me
  fakeServer(({ method, path }) => {
    if (path.endsWith("/day")) return { state, leave: state === "leave" ? "leave-1" : null }
    state = method === "DELETE" ? "waiting" : "leave"
    return { id: "leave-1" }
  })
})

it.each([
  ["asked for", () => askLeave(1), "waiting", "leave"],
  ["withdrawn", () => withdrawLeave(1, "leave-1"), "leave", "waiting"],
])("a leave that was %s stays so, whatever answer was already under way", async (_what, act, before, after) => {
  state = before
  await dayOf(1).refresh()
  hold()
  void dayOf(1).refresh()
  await act()
  letGo?.()
  await flushPromises()
  expect(dayOf(1).data.value?.state).toBe(after)
})
