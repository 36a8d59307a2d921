import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"

const SRC = __dirname
const text = (file: string) => readFileSync(join(SRC, file), "utf8")
const vues = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".vue"))
const style = (file: string) => /<style scoped>\n([\s\S]*?)<\/style>/.exec(text(file))?.[1] ?? ""
const template = (file: string) => /<template>[\s\S]*<\/template>/.exec(text(file))?.[0] ?? ""
const utilities = text("styles/utilities.css")
const names = [...utilities.matchAll(/^\.([\w-]+)/gm)].map(([, name = ""]) => name)
const words = (classes: string) => classes.match(/[\w-]+/g) ?? []

/** What a template says in class="…" and in the quotes and keys of :class="…". `on-${tone}` is any of them. */
const said = vues.flatMap((file) =>
  [...template(file).matchAll(/\bclass="([^"]*)"/g)].flatMap(([, classes = ""]) =>
    words(classes.replaceAll("`on-$", names.filter((name) => name.startsWith("on-")).join(" "))),
  ),
)

describe("the utilities", () => {
  it("are a small vocabulary", () => {
    expect(names).toEqual([...new Set(names)])
    expect(names.length).toBeLessThanOrEqual(66)
  })
  it("are each said at least five times", () => {
    const times = (name: string) => said.filter((word) => word === name).length
    expect(names.filter((name) => times(name) < 5)).toEqual([])
  })
  it("take every colour and length from the tokens", () => {
    const values = [...utilities.matchAll(/^ {2}[\w-]+: (.*);$/gm)].map(([, value = ""]) => value)
    // A hairline is one pixel whatever the type is.
    const own = /#|rgb|hsl|\d(em|rem|vw|vh|ch)\b|(?<!\b1)px|[2-9]px/
    expect(values.filter((value) => own.test(value))).toEqual([])
    const tokens = text("styles/tokens.css")
    const asked = values.flatMap((value) => [...value.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name))
    expect(asked.filter((name) => !tokens.includes(`  ${name}: `))).toEqual([])
  })
  it("mean the same everywhere: no component has a class of its own by such a name", () => {
    const taken = (file: string) =>
      [...style(file).matchAll(/^\s*\.([\w-]+)(?=[:,]| \{)/gm)]
        .map(([, name = ""]) => name)
        .filter((name) => names.includes(name))
    expect(vues.flatMap((file) => taken(file).map((name) => `${file} .${name}`))).toEqual([])
  })
})

it("an element has five classes at most", () => {
  const crowded = (file: string) =>
    [...template(file).matchAll(/(?<![:\w-])class="([^"]*)"|:class="\['([^']*)'/g)]
      .map(([, fixed, first]) => words(fixed ?? first ?? ""))
      .filter((classes) => classes.length > 5)
      .map((classes) => `${file}: ${classes.join(" ")}`)
  expect(vues.flatMap(crowded)).toEqual([])
})

it("what only one component looks like is 3,354 lines at most", () => {
  const lines = vues.map((file) => style(file).split("\n").length - 1)
  expect(lines.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(3354)
})
