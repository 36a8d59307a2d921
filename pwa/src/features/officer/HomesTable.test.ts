import { mount } from "@vue/test-utils"
import { expect, it } from "vitest"
import HomesTable from "./HomesTable.vue"
import type { HomeCounts } from "./overview"

const counts = { expected: 30, present: 30, waiting: 0, leave: 0, missing: 0, departed: 0 }
const home: HomeCounts = {
  id: 1,
  name: "禾欣家园",
  area: "桐乡市",
  open: true,
  members: 30,
  counts,
  unreached: 0,
  visits: 2,
}
const view = { q: "", only: false, by: null, down: false }
const hint = (changes: Partial<HomeCounts>) =>
  mount(HomesTable, { props: { homes: [{ ...home, ...changes }], view } })
    .get("td.hint")
    .text()

it("says at the end of a line what is most urgent", () => {
  expect(hint({})).toBe("")
  expect(hint({ visits: 0 })).toBe("本季无来访")
  expect(hint({ visits: 0, unreached: 1 })).toBe("请关心")
  expect(hint({ visits: 0, open: false })).toBe("今天未开门")
})
