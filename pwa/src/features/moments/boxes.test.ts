import { expect, it } from "vitest"
import { between, fitted, grown, shifted } from "./boxes"

it("is drawn from any corner to any other", () => {
  const [a, b] = [
    { x: 0.2, y: 0.7 },
    { x: 0.5, y: 0.3 },
  ]
  expect([between(a, b), between(b, a)]).toEqual([
    [0.2, 0.3, 0.3, 0.4],
    [0.2, 0.3, 0.3, 0.4],
  ])
})

it("is never too small to hide anything, and never outside the photo", () => {
  expect(between({ x: 0.5, y: 0.5 }, { x: 0.5, y: 0.5 })).toEqual([0.5, 0.5, 0.04, 0.04])
  expect(fitted([0.9, -0.2, 0.3, 2])).toEqual([0.7, 0, 0.3, 1])
})

it("is moved and resized in small steps, and stops at the edge", () => {
  expect(shifted([0.1, 0.1, 0.2, 0.2], 1, -1)).toEqual([0.14, 0.06, 0.2, 0.2])
  expect(shifted([0, 0.8, 0.2, 0.2], -1, 1)).toEqual([0, 0.8, 0.2, 0.2])
  expect(grown([0.4, 0.4, 0.2, 0.2], 1)).toEqual([0.38, 0.38, 0.24, 0.24])
  expect(grown([0.4, 0.4, 0.04, 0.04], -1)).toEqual([0.4, 0.4, 0.04, 0.04])
})
