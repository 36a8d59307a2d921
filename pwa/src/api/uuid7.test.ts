import { expect, it } from "vitest"
import { uuid7 } from "./uuid7"

it("is a UUID of version 7 and carries its time", () => {
  const id = uuid7(2_000_000_000_000)
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(Number.parseInt(id.replace(/-/g, "").slice(0, 12), 16)).toBe(2_000_000_000_000)
})

it("sorts by order of making, within one millisecond and over a clock set back", () => {
  const ids = Array.from({ length: 300 }, (_, index) => uuid7(2_000_000_000_001 - (index > 200 ? 60_000 : 0)))
  expect([...ids].sort()).toEqual(ids)
  expect(new Set(ids).size).toBe(300)
})
