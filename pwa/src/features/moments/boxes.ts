import type { Box } from "./moments"

/** A rectangle in shares of a photo's width and height. */
const LEAST = 0.04
const STEP = 0.04
export const MIDDLE: Box = [0.35, 0.25, 0.3, 0.3]

const within = (value: number, most: number) => Math.min(Math.max(value, 0), most)
const round = (value: number) => Math.round(value * 1000) / 1000

/** As large as it must be, and inside the photo. */
export function fitted([x, y, w, h]: Box): Box {
  const wide = Math.min(1, Math.max(LEAST, w))
  const high = Math.min(1, Math.max(LEAST, h))
  return [round(within(x, 1 - wide)), round(within(y, 1 - high)), round(wide), round(high)]
}

/** Drawn from one corner to the other, whichever they are. */
export const between = (a: { x: number; y: number }, b: { x: number; y: number }): Box =>
  fitted([Math.min(a.x, b.x), Math.min(a.y, b.y), Math.abs(a.x - b.x), Math.abs(a.y - b.y)])

export const shifted = ([x, y, w, h]: Box, right: number, down: number): Box =>
  fitted([x + right * STEP, y + down * STEP, w, h])

/** Around its middle. */
export function grown([x, y, w, h]: Box, by: 1 | -1): Box {
  const [wide, high] = [Math.max(LEAST, w + by * STEP), Math.max(LEAST, h + by * STEP)]
  return fitted([x - (wide - w) / 2, y - (high - h) / 2, wide, high])
}
