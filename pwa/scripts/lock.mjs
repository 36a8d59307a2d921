// Completes package-lock.json: npm writes only this platform's optional packages where the others cannot be had,
// and `npm ci` then refuses the lock everywhere. Run it after `npm install`.
import { readFileSync, writeFileSync } from "node:fs"

const file = new URL("../package-lock.json", import.meta.url)
const lock = JSON.parse(readFileSync(file, "utf8"))
const SYSTEMS = ["aix", "android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32"]
const CHIPS = ["arm64", "arm", "x64", "ia32", "loong64", "ppc64", "riscv64", "s390x", "wasm32"]

/**
 * The platform in a package's name: @rollup/rollup-linux-arm64-musl.
 * @param {string} name
 */
function platform(name) {
  const words = name.split("-")
  const cpu = CHIPS.find((chip) => words.includes(chip))
  const os = SYSTEMS.find((system) => words.includes(system))
  const libc = words.some((word) => word.startsWith("musl")) ? "musl" : "glibc"
  return os && cpu && { cpu: [cpu], os: [os], ...(os === "linux" && { libc: [libc] }) }
}

for (const [path, { dev, optionalDependencies = {} }] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const known = lock.packages[`node_modules/${name}`] || lock.packages[`${path}/node_modules/${name}`]
    const where = known ? undefined : platform(name)
    if (where) lock.packages[`node_modules/${name}`] = { version, ...(dev && { dev }), optional: true, ...where }
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)))
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
