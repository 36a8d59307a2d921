import { describe, expect, it } from "vitest"
import { PLAIN, type View } from "@/ui/lazy/sorting"
import { arrange, type Column, came, type HomeCounts, needsCare, percent, turn } from "./overview"

function home(
  name: string,
  area: string,
  changes: Partial<HomeCounts["counts"]> = {},
  rest: Partial<HomeCounts> = {},
): HomeCounts {
  const counts = { expected: 30, present: 28, waiting: 0, leave: 2, missing: 0, departed: 0, ...changes }
  return { id: name.length, name, area, open: true, members: 30, counts, unreached: 0, visits: 1, ...rest }
}

const sunshine = home("阳光家园", "南湖区")
const autumn = home("秋阳家园", "海盐县", { missing: 1, present: 27 })
const hexin = home("禾欣家园", "桐乡市", { expected: 41 }, { unreached: 2, visits: 0 })
const shut = home("运河人家", "秀洲区", { missing: 5 }, { open: false })
const all = [sunshine, autumn, hexin, shut]
const plain: View<Column> = PLAIN
const names = (view: Partial<View<Column>>) => arrange([...all], { ...plain, ...view }).map(({ name }) => name)

describe("the officer's table", () => {
  it("puts those who need somebody first", () => {
    expect(names({})).toEqual(["秋阳家园", "禾欣家园", "阳光家园", "运河人家"])
  })

  it("finds by name and by area", () => {
    expect(names({ q: " 秋阳" })).toEqual(["秋阳家园"])
    expect(names({ q: "桐乡" })).toEqual(["禾欣家园"])
    expect(names({ q: "没有" })).toEqual([])
  })

  it("shows only those that need somebody; a closed Home misses nobody", () => {
    expect(names({ only: true })).toEqual(["秋阳家园", "禾欣家园"])
    expect(needsCare(shut)).toBe(false)
  })

  it("sorts by each column, both ways", () => {
    expect(names({ by: "expected", down: true })[0]).toBe("禾欣家园")
    expect(names({ by: "expected", down: false })[3]).toBe("禾欣家园")
    expect(names({ by: "visits", down: false })[0]).toBe("禾欣家园")
    expect(names({ by: "area", down: false })).toEqual(["秋阳家园", "阳光家园", "禾欣家园", "运河人家"])
  })

  it("turns with each tap on a heading and returns at the third", () => {
    const once = turn(plain, "missing")
    expect([once.by, once.down]).toEqual(["missing", true])
    const twice = turn(once, "missing")
    expect([twice.by, twice.down]).toEqual(["missing", false])
    expect(turn(twice, "missing").by).toBeNull()
    expect(turn(plain, "name").down).toBe(false)
  })

  it("counts who came and went home again as having come", () => {
    const afternoon = { expected: 40, present: 10, departed: 26, waiting: 0, leave: 3, missing: 1 }
    expect(came(afternoon)).toBe(36)
    expect(percent(afternoon)).toBe("90%")
    expect(percent({ ...afternoon, present: 12, expected: 41 })).toBe("92.7%")
    expect(percent({ ...afternoon, expected: 0 })).toBe("")
  })
})
