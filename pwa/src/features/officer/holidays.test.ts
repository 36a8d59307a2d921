import { beforeEach, describe, expect, it } from "vitest"
import { forgetEverything } from "@/api/db"
import { fakeServer, refusing } from "@/api/test/fakeServer"
import { dayOf, type Holiday, holidaysOf, keepHoliday, removeHoliday, runsOf } from "./holidays"

const day = (date: string, name: string, works = false): Holiday => ({ date, name, works })
let table: Holiday[] = []

beforeEach(async () => {
  await forgetEverything()
  table = [day("2026-10-01", "国庆节"), day("2026-10-02", "国庆节"), day("2026-10-10", "国庆节调休", true)]
  fakeServer(({ method, path, body }) => {
    if (method === "GET") return table
    if (method === "PUT") return { date: path.split("/").at(-1), ...(body as object) }
    return undefined
  })
  await holidaysOf(2026).refresh()
})

describe("the table of holidays", () => {
  it("shows days in a row as one run", () => {
    expect(runsOf(table).map((run) => run.length)).toEqual([2, 1])
  })

  it("names a day whatever the phone's zone", () => {
    expect(dayOf("2026-10-01")).toBe("10月1日 周四")
  })

  it("takes a new day in its place, and a changed one instead of the old", async () => {
    await keepHoliday(day("2026-10-03", "国庆节"))
    await keepHoliday(day("2026-10-01", "国庆中秋"))
    expect(holidaysOf(2026).data.value?.map(({ date, name }) => [date, name])).toEqual([
      ["2026-10-01", "国庆中秋"],
      ["2026-10-02", "国庆节"],
      ["2026-10-03", "国庆节"],
      ["2026-10-10", "国庆节调休"],
    ])
  })

  it("drops a deleted day, which can be put back", async () => {
    const old = table[2] as Holiday
    await removeHoliday(old)
    expect(holidaysOf(2026).data.value).toHaveLength(2)
    await keepHoliday(old)
    expect(holidaysOf(2026).data.value).toEqual(table)
  })

  it("keeps what it had when the server refuses", async () => {
    fakeServer(() => refusing(422, "这一天写错了。"))
    await expect(keepHoliday(day("2026-10-04", "国庆节"))).rejects.toThrow("这一天写错了。")
    expect(holidaysOf(2026).data.value).toEqual(table)
  })
})
