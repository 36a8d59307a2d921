// Fails when the first route, a lazy route or the worker grows beyond its budget (gzipped, in bytes).
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { gzipSync } from "node:zlib"

const dist = fileURLToPath(new URL("../dist/", import.meta.url))
const manifest = JSON.parse(readFileSync(`${dist}.vite/manifest.json`, "utf8"))
const KB = 1000
const BUDGET = {
  firstJs: 45 * KB,
  homeJs: 64 * KB,
  firstCss: 10 * KB,
  lazyJs: 15 * KB,
  viewerJs: 18 * KB,
  worker: 8 * KB,
}
/** PhotoSwipe as it is: fetched when somebody taps a photo. */
const VIEWER = "ui/lazy/viewer.ts"
/** What a newcomer opens; and the first screens of those who are signed in, which are that and one lazy route. */
const FIRST = "SignInPage.vue"
const HOMES = ["MessagesPage.vue", "DoorPage.vue", "OverviewPage.vue", "EventsPage.vue"]

const gzipped = (/** @type {string} */ file) => gzipSync(readFileSync(dist + file), { level: 9 }).length
const sum = (/** @type {Iterable<string>} */ files) => [...files].reduce((all, file) => all + gzipped(file), 0)

/** A chunk with everything it imports statically. */
function needs(/** @type {string} */ key, /** @type {Set<string>} */ seen = new Set()) {
  if (seen.has(key)) return seen
  seen.add(key)
  for (const next of manifest[key].imports ?? []) needs(next, seen)
  return seen
}

const started = /src="\/([^"]+\.js)"/.exec(readFileSync(`${dist}index.html`, "utf8"))?.[1]
const entry = needs(Object.keys(manifest).find((key) => manifest[key].file === started) ?? "index.html")
let failed = false

function report(/** @type {string} */ name, /** @type {number} */ size, /** @type {number} */ budget) {
  failed ||= size > budget
  console.log(`${size > budget ? "TOO BIG" : "ok"}\t${(size / KB).toFixed(1)} kB of ${budget / KB}\t${name}`)
}

for (const key of Object.keys(manifest)) {
  if (!manifest[key].isDynamicEntry) continue
  const chunks = needs(key)
  // What many pages share comes with whichever of them is first, and is counted there.
  const own = [...chunks].filter((chunk) => !entry.has(chunk) && !chunk.startsWith("_parts-"))
  const isFirst = key.endsWith(FIRST)
  if (isFirst || HOMES.some((page) => key.endsWith(page))) {
    const all = new Set([...entry, ...chunks])
    report(
      `first route ${key} js`,
      sum(new Set([...all].map((chunk) => manifest[chunk].file))),
      isFirst ? BUDGET.firstJs : BUDGET.homeJs,
    )
    report(
      `first route ${key} css`,
      sum(new Set([...all].flatMap((chunk) => manifest[chunk].css ?? []))),
      BUDGET.firstCss,
    )
  }
  report(
    `lazy ${key}`,
    sum(own.map((chunk) => manifest[chunk].file)),
    key.endsWith(VIEWER) ? BUDGET.viewerJs : BUDGET.lazyJs,
  )
}
report("sw.js", gzipped("sw.js"), BUDGET.worker)
process.exit(failed ? 1 : 0)
