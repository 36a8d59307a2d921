import { describe, expect, it } from "vitest"
import { placeOf } from "./install"
import { bytes } from "./push"
import { safeNext } from "./session"

const IPHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile Safari/604.1"
const ANDROID = "Mozilla/5.0 (Linux; Android 13; V2145A) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"
const IPAD = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.0 Safari/605.1.15"

describe("where this page runs", () => {
  it.each([
    ["installed", IPHONE, true, 5],
    ["wechat", `${ANDROID} MicroMessenger/8.0.44`, false, 5],
    ["wechat", `${IPHONE} MicroMessenger/8.0.44`, false, 5],
    ["iphone", IPHONE, false, 5],
    ["iphone", IPAD, false, 5],
    ["android", ANDROID, false, 5],
    ["other", IPAD, false, 0],
  ] as const)("%s", (expected, agent, standalone, fingers) => {
    expect(placeOf(agent, standalone, fingers)).toBe(expected)
  })
})

describe("where a person goes after signing in", () => {
  it.each(["/i/abc", "/chat/member:1:2", "/door?home=1"])("back to %s", (next) => {
    expect(safeNext(next)).toBe(next)
  })
  it.each([
    "https://evil.test",
    "//evil.test",
    "/\\evil.test",
    "javascript:alert(1)",
    "/sign-in?next=/",
    undefined,
    ["/a"],
  ])("home instead of %s", (next) => {
    expect(safeNext(next)).toBe("/")
  })
})

it("reads a VAPID key as browsers want it", () => {
  expect([...bytes("-_8A")]).toEqual([251, 255, 0])
})
