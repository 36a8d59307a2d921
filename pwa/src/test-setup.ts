import "fake-indexeddb/auto"
import { vi } from "vitest"

// What Vue warns of is a fault: a test that causes it fails.
Object.assign(console, {
  warn: (...words: unknown[]) => {
    throw new Error(words.map(String).join(" "))
  },
})

// Vitest gives up after a second, and a page that is loaded lazily takes longer on a busy machine.
const { waitFor } = vi
const WAIT = { timeout: 15_000, interval: 20 }
vi.waitFor = (callback, options) =>
  waitFor(callback, typeof options === "number" ? { ...WAIT, timeout: options } : { ...WAIT, ...options })
