import { expect, it } from "vitest"
import { inWords } from "@/ui/lazy/numbers"
import { line, question } from "./testing"
import { holdsOf, lineOf, witnessOf } from "./words"

it.each([
  ["family", {}, "给看：还没有人说过不给。"],
  ["family", { own: false, guardian: true }, "不给看：志强自己说了不给，以志强的为准。"],
  ["family", { guardian: false }, "不给看：监护人不同意。"],
  ["home", {}, "还不给看：等监护人和志强自己说可以。"],
  ["home", { guardian: true }, "还不给看：等志强自己说可以。"],
  ["home", { own: true }, "还不给看：等监护人说可以。"],
  ["home", { own: true, guardian: true }, "给看。"],
  ["public", { own: false, guardian: true }, "不给看：志强自己说了不给，以志强的为准。"],
] as const)("of %s with %o: %s", (audience, said, words) => {
  expect(holdsOf(question(audience, said), "志强")).toBe(words)
})

it.each([
  [{}, "妈妈同意：本家园其他家庭", "在自己手机上选的"],
  [{ yes: false, on_paper: true, by: "陆老师" }, "监护人不同意：本家园其他家庭", "纸上签字，陆老师记下"],
  [{ key: "self", yes: false, by: "陆老师" }, "志强自己说不给：本家园其他家庭", "陆老师拿平板问的"],
] as const)("a line of the history: %o", (changes, words, witness) => {
  expect([lineOf(line(changes), "志强"), witnessOf(line(changes))]).toEqual([words, witness])
})

it("writes a number out", () => {
  expect([21, 47, 99].map(inWords)).toEqual(["二十一", "四十七", "九十九"])
})
