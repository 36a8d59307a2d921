import { expect, it, vi } from "vitest"
import { CannotCheck, opened } from "./seal"
import { KEY, SEAL } from "./testing"

it("reads what the server signed, with the key alone", async () => {
  const said = await opened(`https://yizhan.example/verify#${SEAL}`, ["AAAA", KEY])
  expect(said).toEqual({
    number: "26-7KQ2M-9XD4T",
    subject: "person",
    name: "徐明",
    minutes: 146,
    times: 1,
    people: 1,
    first: "2026-01-01",
    last: "2026-03-04",
    issued_on: "2026-03-04",
    issuer: "嘉兴市残疾人联合会",
  })
})

it("knows when one digit was changed", async () => {
  const bytes = atob(SEAL.split(".")[0]?.replaceAll("-", "+").replaceAll("_", "/") ?? "")
  const forged = btoa(bytes.replace("146", "946")).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")
  expect(forged).not.toBe(SEAL.split(".")[0])
  expect(await opened(`${forged}.${SEAL.split(".")[1]}`, [KEY])).toBeNull()
})

it("takes no other spelling of the same bytes", async () => {
  for (const at of [0, 1, 50, SEAL.indexOf(".") - 1, SEAL.indexOf("."), SEAL.indexOf(".") + 1, SEAL.length - 1]) {
    const changed = `${SEAL.slice(0, at)}${SEAL[at] === "A" ? "B" : "A"}${SEAL.slice(at + 1)}`
    expect(await opened(changed, [KEY])).toBeNull()
  }
})

it.each(["", ".", "a.b", "....", "王.明", "#", SEAL.split(".")[0] ?? ""])("%o is no certificate", async (text) => {
  expect(await opened(text, [KEY])).toBeNull()
})

it("knows nothing without a key", async () => {
  expect(await opened(SEAL, [])).toBeNull()
})

it("says so when this browser cannot check", async () => {
  vi.spyOn(crypto.subtle, "importKey").mockRejectedValue(new DOMException("", "NotSupportedError"))
  await expect(opened(SEAL, [KEY])).rejects.toThrow(CannotCheck)
  vi.restoreAllMocks()
})
