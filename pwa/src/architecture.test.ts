import { readdirSync, readFileSync } from "node:fs"
import { join, relative } from "node:path"
import ts from "typescript"
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

/** Every circle of imports, types and lazy pages included, once from each of its files. */
function circles(arrows: Map<string, string[]>): string[] {
  const reached = (from: string) => {
    const seen = new Set<string>()
    const todo = [...(arrows.get(from) ?? [])]
    for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
      if (seen.has(next)) continue
      seen.add(next)
      todo.push(...(arrows.get(next) ?? []))
    }
    return seen
  }
  return [...arrows.keys()].filter((file) => reached(file).has(file)).sort()
}

describe("nothing imports itself by way of others", () => {
  it("in the app", () => {
    const all = files("src")
    const named = (path: string) => [path, `${path}.ts`].find((file) => all.includes(file)) ?? []
    expect(circles(new Map(all.map((file) => [file, imports(file).flatMap(named)])))).toEqual([])
  })
  it("and a circle would be found", () => {
    const arrows = { page: ["data"], data: ["types", "words"], words: ["data"], types: [] }
    expect(circles(new Map(Object.entries(arrows)))).toEqual(["data", "words"])
  })
})

const MOST_LINES = 45

/** Every function of more lines than one can keep in mind, as "file name lines". A component's script is no function. */
function long(file: string, code: string): string[] {
  const script = file.endsWith(".vue") ? (/<script[^>]*>\n([\s\S]*?)<\/script>/.exec(code)?.[1] ?? "") : code
  const source = ts.createSourceFile(file, script, ts.ScriptTarget.Latest, true)
  const line = (at: number) => source.getLineAndCharacterOfPosition(at).line
  const found: string[] = []
  const look = (node: ts.Node): void => {
    const lines = line(node.end) - line(node.getStart()) + 1
    if (ts.isFunctionLike(node) && "body" in node && node.body && lines > MOST_LINES)
      found.push(`${file} ${node.name?.getText() ?? "=>"} ${lines}`)
    ts.forEachChild(node, look)
  }
  look(source)
  return found
}

describe(`a function has at most ${MOST_LINES} lines`, () => {
  it("in the app and in its worker", () => {
    const all = [...files("src"), ...files("sw")].filter((file) => !file.endsWith(".d.ts"))
    expect(all.flatMap((file) => long(file, text(file)))).toEqual([])
  }, 30_000)
  it("and a longer one would be found, in a component, too", () => {
    const body = (lines: number) => `const more = () => {\n${"  go()\n".repeat(lines - 2)}}\n`
    expect(long("a.ts", body(MOST_LINES))).toEqual([])
    expect(long("a.ts", body(MOST_LINES + 1))).toEqual(["a.ts => 46"])
    expect(long("A.vue", `<script setup lang="ts">\n${body(46)}</script>`)).toEqual(["A.vue => 46"])
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
