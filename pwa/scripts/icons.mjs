// Draws public/*.png from public/icon.svg with a headless Chromium: node scripts/icons.mjs
import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium"
const out = fileURLToPath(new URL("../public/", import.meta.url))
const drawing = readFileSync(`${out}icon.svg`, "utf8")
const inner = drawing.replace(/<svg[^>]*>|<\/svg>/g, "")
const square = inner.replace(/ rx="14"/, "")
const house = inner.replace(/<rect[^>]*>/, "")

/** @param {string} content @param {string} [box] */
const svg = (content, box = "0 0 64 64") => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}">${content}</svg>`

const pictures = [
  { file: "icon-192.png", size: 192, drawn: drawing },
  { file: "icon-512.png", size: 512, drawn: drawing },
  // What the phone cuts away lies outside the middle 80 %.
  {
    file: "icon-maskable-512.png",
    size: 512,
    drawn: svg(`<rect x="-8" y="-8" width="80" height="80" fill="#07c160"/>${house}`, "-8 -8 80 80"),
  },
  { file: "apple-touch-icon.png", size: 180, drawn: svg(square) },
  // The status bar shows its outline only.
  { file: "badge-96.png", size: 96, drawn: svg(house.replace(/<path[^>]*f0713f[^>]*>/, ""), "10 10 44 46") },
]

const place = mkdtempSync(join(tmpdir(), "icons-"))
for (const { file, size, drawn } of pictures) {
  const page = join(place, "page.html")
  const sized = drawn.replace("<svg ", `<svg width="${size}" height="${size}" `)
  writeFileSync(page, `<!doctype html><style>body{margin:0}svg{display:block}</style>${sized}`)
  execFileSync(
    CHROMIUM,
    [
      "--headless",
      "--no-sandbox",
      "--hide-scrollbars",
      "--force-device-scale-factor=1",
      "--default-background-color=00000000",
      `--window-size=${size},${size}`,
      `--screenshot=${out}${file}`,
      page,
    ],
    { stdio: "ignore" },
  )
}
rmSync(place, { recursive: true })
