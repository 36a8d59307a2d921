import { expect, it } from "vitest"
import { FIRST } from "./first"
import { tabs } from "./tabs"

it("begins with each one's first tab", () => {
  expect(Object.entries(tabs).map(([role, [first]]) => [role, first?.to])).toEqual(Object.entries(FIRST))
})
