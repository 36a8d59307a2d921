import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { closeInbox, markSeen, openInbox, sync } from "@/api/inbox"
import { fakeServer } from "@/api/test/fakeServer"
import { notice } from "./testing"

const shown: (number | null)[] = []

beforeEach(() => {
  shown.length = 0
  Object.assign(navigator, {
    setAppBadge: async (count: number) => shown.push(count),
    clearAppBadge: async () => shown.push(null),
  })
})
afterEach(() => {
  Reflect.deleteProperty(navigator, "setAppBadge")
  Reflect.deleteProperty(navigator, "clearAppBadge")
})

it("counts on the app's icon what is unread, and clears it when it was read or somebody signs out", async () => {
  const items = [notice(1), notice(2)]
  fakeServer(({ method, query }) => {
    const after = Number(query.get("after"))
    return method === "GET"
      ? { epoch: "e1", oldest: 1, latest: 2, items: items.filter(({ seq }) => seq > after) }
      : undefined
  })
  await openInbox(700)
  await sync()
  expect(shown.at(-1)).toBe(2)
  await markSeen("member:1:1")
  await vi.waitFor(() => expect(shown.at(-1)).toBe(null))
  shown.length = 0
  closeInbox()
  expect(shown).toEqual([null])
})
