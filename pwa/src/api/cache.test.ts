import { beforeEach, describe, expect, it, vi } from "vitest"
import { cached } from "./cache"
import { forgetEverything, recall, remember } from "./db"
import { ApiError, OfflineError } from "./errors"

beforeEach(forgetEverything)

describe("what is known of one GET", () => {
  it("shows the answer and remembers it with its age", async () => {
    const day = cached("day", async () => ({ state: "present" }))
    await day.refresh()
    expect(day.data.value).toEqual({ state: "present" })
    expect((await recall("day"))?.value).toEqual({ state: "present" })
    expect(Date.now() - (day.at.value ?? 0)).toBeLessThan(1_000)
  })

  it("shows the last known answer, and that it is old, when nobody answers", async () => {
    await remember("day", { state: "waiting" }, 1_000)
    const day = cached("day", async () => {
      throw new OfflineError()
    })
    await day.refresh()
    expect([day.data.value, day.at.value, day.stale.value]).toEqual([{ state: "waiting" }, 1_000, true])
  })

  it("says why there is nothing to show", async () => {
    const day = cached("day", async () => {
      throw new ApiError(404, "not_found", "没有找到。")
    })
    await day.refresh()
    expect([day.data.value, day.error.value?.message, day.stale.value]).toEqual([null, "没有找到。", false])
  })

  it("keeps nothing of what is not there any more, or not theirs", async () => {
    await remember("day", { state: "waiting" })
    await remember("another", 1)
    const day = cached("day", async () => {
      throw new ApiError(404, "not_found", "没有找到。")
    })
    await day.refresh()
    expect([day.data.value, day.stale.value]).toEqual([null, false])
    await vi.waitFor(async () => expect(await recall("day")).toBeNull())
    expect((await recall("another"))?.value).toBe(1)
  })

  it("asks once, however many ask for it", async () => {
    let asked = 0
    const day = cached("day", async () => {
      asked += 1
      return asked
    })
    await Promise.all([day.refresh(), day.refresh()])
    expect(asked).toBe(1)
    await day.refresh()
    expect(day.data.value).toBe(2)
  })

  it("takes in what a live frame changed, and remembers that, too", async () => {
    const count = cached("count", async () => 1)
    await count.refresh()
    count.change((before) => before + 1)
    expect(count.data.value).toBe(2)
  })

  it("forgets everything at sign-out", async () => {
    await remember("day", { state: "present" })
    await forgetEverything()
    expect(await recall("day")).toBeNull()
  })
})
