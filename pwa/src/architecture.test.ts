import { readdirSync, readFileSync } from "node:fs"
import { join, relative } from "node:path"
import { describe, expect, it } from "vitest"

const ROOT = join(__dirname, "..")
const files = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(ts|vue)$/.test(name) && !name.endsWith(".test.ts"))
    .map((name) => join(folder, name))
const text = (file: string) => readFileSync(join(ROOT, file), "utf8")

/** What a file imports of our own, as paths below pwa/: src/ui/Cell.vue. */
function imports(file: string): string[] {
  const found = [...text(file).matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(([, name = ""]) => name)
  return found
    .filter((name) => /^[@.]/.test(name) && !/^@[a-z]/.test(name))
    .map((name) => (name.startsWith("@/") ? name.replace("@/", "src/") : relative(ROOT, join(ROOT, file, "..", name))))
}

const layer = (path: string) => /^src\/(app|features|api|ui|styles)\b/.exec(path)?.[1] ?? path.split("/")[0]
const feature = (path: string) => /^src\/features\/(\w+)/.exec(path)?.[1]

/** Every import that breaks a rule, as "from → to". */
const broken = (folder: string, allowed: (to: string, from: string) => boolean) =>
  files(folder).flatMap((from) =>
    imports(from)
      .filter((to) => !allowed(to, from))
      .map((to) => `${from} → ${to}`),
  )

describe("the arrows point one way", () => {
  it("ui imports nothing but ui", () => {
    expect(broken("src/ui", (to) => layer(to) === "ui")).toEqual([])
  })
  it("api imports nothing but api", () => {
    expect(broken("src/api", (to) => layer(to) === "api")).toEqual([])
  })
  it("a feature imports api, ui and itself, never another feature", () => {
    const fine = (to: string, from: string) => ["api", "ui"].includes(layer(to) ?? "") || feature(to) === feature(from)
    expect(broken("src/features", fine)).toEqual([])
  })
  it("nothing imports app but app and main", () => {
    expect(
      files("src/features")
        .concat(files("src/api"), files("src/ui"))
        .flatMap(imports)
        .filter((to) => layer(to) === "app"),
    ).toEqual([])
  })
  it("the worker takes nothing but types from the app", () => {
    const taken = files("sw").flatMap((file) =>
      [...text(file).matchAll(/^import (.*) from "\.\.\/src/gm)].map(([, what]) => what),
    )
    expect(taken.filter((what) => !what?.startsWith("type "))).toEqual([])
  })
})

describe("what no page does", () => {
  const all = files("src")
  it.each([
    // Text from outside is never markup.
    ["v-html", /v-html|innerHTML/],
    // The server's policy takes no inline style; Vue's :style goes through the object model.
    ["a style attribute", /<[^>]*\sstyle="/],
    // It lies; only a request tells.
    ["navigator.onLine", /navigator\.onLine/],
    // They would come with every first screen; src/ui/fields.ts and document.body.append do the same.
    ["v-model on a native field", /<(input|select|textarea)\b[^>]*v-model/],
    ["Teleport, Transition or KeepAlive", /<(Teleport|Transition|TransitionGroup|KeepAlive)\b/],
  ])("%s", (_name, pattern) => {
    expect(all.filter((file) => pattern.test(text(file)))).toEqual([])
  })
})

it("every icon that has a name has a drawing, and the other way round", () => {
  const named = [...text("src/ui/icons.ts").matchAll(/\| "([\w-]+)"/g)].map(([, name]) => name)
  const drawn = [...text("src/ui/icons.svg").matchAll(/<symbol id="([\w-]+)"/g)].map(([, name]) => name)
  expect(named.sort()).toEqual(drawn.sort())
})

it("every icon is used", () => {
  const all = files("src")
    .filter((file) => !file.endsWith("ui/icons.ts"))
    .map(text)
    .join("\n")
  const named = [...text("src/ui/icons.ts").matchAll(/\| "([\w-]+)"/g)].map(([, name]) => name)
  expect(named.filter((name) => !new RegExp(`["']${name}["']`).test(all))).toEqual([])
})
