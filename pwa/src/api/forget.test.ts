import { beforeEach, expect, it } from "vitest"
import { forgetEverything, recall, remember } from "./db"
import { forgetUnlessSame } from "./forget"
import type { Me } from "./types"

const nobody = { id: 1, relatives: [], posts: [], officer: [], organisations: [] } as unknown as Me
const mother = { ...nobody, relatives: [{ id: 1 }] } as unknown as Me

beforeEach(forgetEverything)

it("remembers no page of a member who is no longer theirs", async () => {
  await forgetUnlessSame(mother)
  await remember("day:1", { state: "present" })
  await remember("me", nobody)
  await forgetUnlessSame(mother)
  expect(await recall("day:1")).not.toBeNull()
  await forgetUnlessSame(nobody)
  expect([await recall("day:1"), (await recall("me"))?.value]).toEqual([null, nobody])
})
