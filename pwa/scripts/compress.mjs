// Puts a .br and a .gz beside every text of the built app: the server picks what the browser can read, and compresses nothing itself.
import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { brotliCompressSync, gzipSync } from "node:zlib"

const dist = fileURLToPath(new URL("../dist/", import.meta.url))
const TEXT = /\.(js|css|svg|webmanifest|wasm)$/

for (const name of readdirSync(dist, { encoding: "utf8", recursive: true }).filter((name) => TEXT.test(name))) {
  const plain = readFileSync(dist + name)
  for (const [ending, small] of Object.entries({ br: brotliCompressSync(plain), gz: gzipSync(plain, { level: 9 }) })) {
    if (small.length < plain.length) writeFileSync(`${dist}${name}.${ending}`, small)
  }
}
