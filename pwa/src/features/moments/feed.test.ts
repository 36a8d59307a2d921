import { beforeEach, describe, expect, it, vi } from "vitest"
import { forgetEverything, recall } from "@/api/db"
import { ApiError, OfflineError } from "@/api/errors"
import { Feed, type Page } from "./feed"

interface Item {
  id: string
  preview: string
}
const SIZE = 3
let there: Item[] = []
let asked: [string | null, number][] = []
let fails: Error | null = null

const item = (number: number): Item => ({ id: `${number}`, preview: "data:" })
/** Newest first; the cursor is the last one's id, so it holds while others come. */
async function page(after: string | null, wanted: number): Promise<Page<Item>> {
  asked.push([after, wanted])
  if (fails) throw fails
  const from = after === null ? 0 : there.findIndex(({ id }) => Number(id) < Number(after))
  const rest = from < 0 ? [] : there.slice(from)
  const items = rest.slice(0, Math.max(SIZE, wanted))
  return { items, next: rest.length > items.length ? (items.at(-1)?.id ?? null) : null }
}
const make = () => new Feed<Item>("moments:1", page, (each) => ({ ...each, preview: "" }))
const ids = (list: { items: { value: Item[] | null } }) => list.items.value?.map(({ id }) => id).join(" ")

beforeEach(async () => {
  await forgetEverything()
  there = [9, 8, 7, 6, 5, 4, 3, 2, 1].map(item)
  asked = []
  fails = null
})

describe("the feed", () => {
  it("grows downwards until there is no more", async () => {
    const list = make()
    await list.refresh()
    expect([ids(list), list.ended.value]).toEqual(["9 8 7", false])
    await list.more()
    await list.more()
    expect([ids(list), list.ended.value]).toEqual(["9 8 7 6 5 4 3 2 1", true])
    await list.more()
    expect(asked).toHaveLength(3)
  })

  it("shows nothing twice when new ones came meanwhile, and asks as far as was read before", async () => {
    const list = make()
    await list.refresh()
    there = [item(10), ...there]
    await list.more()
    expect(ids(list)).toBe("9 8 7 6 5 4")
    there = there.filter(({ id }) => id !== "5")
    await list.refresh()
    expect(ids(list)).toBe("10 9 8 7 6 4")
    await list.more()
    expect(ids(list)).toBe("10 9 8 7 6 4 3 2 1")
  })

  it("leaves what did not change as it was, so that it is not drawn again", async () => {
    const list = make()
    await list.refresh()
    const before = list.items.value
    there = there.map((each) => (each.id === "8" ? { ...each, preview: "changed" } : { ...each }))
    await list.refresh()
    expect(list.items.value?.map((each, index) => each === before?.[index])).toEqual([true, false, true])
  })

  it("remembers the first ones with their age, and no picture", async () => {
    await make().refresh()
    await vi.waitFor(async () => expect((await recall<Item[]>("moments:1"))?.value).toHaveLength(3))
    expect((await recall<Item[]>("moments:1"))?.value.map(({ preview }) => preview)).toEqual(["", "", ""])
    fails = new OfflineError()
    const again = make()
    await again.refresh()
    expect([ids(again), again.stale.value, again.at.value !== null]).toEqual(["9 8 7", true, true])
  })

  it("does not show from memory what the server shows no more", async () => {
    const list = make()
    await list.refresh()
    await vi.waitFor(async () => expect(await recall("moments:1")).not.toBeNull())
    fails = new ApiError(404, "", "没有找到。")
    await list.refresh()
    expect([list.items.value, list.error.value?.message]).toEqual([null, "没有找到。"])
    await vi.waitFor(async () => expect(await recall("moments:1")).toBeNull())
  })

  it("changes one, or takes it out", async () => {
    const list = make()
    await list.refresh()
    list.change("8", (each) => ({ ...each, preview: "new" }))
    list.change("9", () => null)
    list.change("1", () => null)
    expect(list.items.value).toEqual([{ id: "8", preview: "new" }, item(7)])
  })

  it("asks once however often it is told to", async () => {
    const list = make()
    await Promise.all([list.refresh(), list.refresh(), list.more()])
    expect(asked).toHaveLength(1)
  })
})
