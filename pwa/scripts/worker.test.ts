// @vitest-environment node
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, it } from "vitest"
import { kept } from "./worker"

let dist: string

beforeEach(() => {
  dist = mkdtempSync(join(tmpdir(), "dist-"))
  for (const folder of ["assets", ".vite"]) mkdirSync(join(dist, folder))
  for (const name of ["index.html", "assets/one-1a2b3c.js", "assets/one-4d5e6f.css"])
    writeFileSync(join(dist, name), "1")
})
afterEach(() => rmSync(dist, { recursive: true }))

const revision = () => kept(dist).find((key) => key.startsWith("/index.html"))

it("lists the app's files in a fixed order, and a revision of those whose names have none", () => {
  expect(kept(dist)).toEqual([
    "/assets/one-1a2b3c.js",
    "/assets/one-4d5e6f.css",
    expect.stringMatching(/^\/index\.html\?revision=[0-9a-f]{12}$/),
  ])
})

it.each(["photo.png", "reader.wasm", "assets/one-1a2b3c.js.br", ".vite/manifest.json", "robots.txt"])(
  "leaves out %s, without which the app opens",
  (name) => {
    const before = kept(dist)
    writeFileSync(join(dist, name), "x")
    expect(kept(dist)).toEqual(before)
  },
)

it("gives another revision to another content, and the same to the same", () => {
  const before = revision()
  writeFileSync(join(dist, "index.html"), "1")
  expect(revision()).toBe(before)
  writeFileSync(join(dist, "index.html"), "2")
  expect(revision()).not.toBe(before)
})
