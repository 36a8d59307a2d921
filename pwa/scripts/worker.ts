import { createHash } from "node:crypto"
import { readdirSync, readFileSync } from "node:fs"
import { join, relative } from "node:path"
import { fileURLToPath } from "node:url"
import { build, type Connect, type Plugin } from "vite"

const KEPT = /\.(html|js|css|svg|webmanifest)$/
const SOURCE = fileURLToPath(new URL("../sw/sw.ts", import.meta.url))
/** Undoes what a built app has left in this browser: its worker would go on answering with the built files. */
const GONE = `
self.addEventListener("install", () => self.skipWaiting())
self.addEventListener("activate", (event) => event.waitUntil(leave()))
async function leave() {
  for (const name of await caches.keys()) await caches.delete(name)
  await self.registration.unregister()
  for (const page of await self.clients.matchAll({ type: "window" })) page.navigate(page.url)
}
`

/** What the worker keeps of a built app, in a fixed order: addresses. A name without a content hash carries its revision. */
export function kept(dist: string): string[] {
  const files = readdirSync(dist, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return files
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => KEPT.test(file))
    .map((file) => {
      const path = `/${relative(dist, file)}`
      const revision = () => createHash("sha256").update(readFileSync(file)).digest("hex").slice(0, 12)
      return path.startsWith("/assets/") ? path : `${path}?revision=${revision()}`
    })
    .sort()
}

/** `sw.js`: the program in sw/ as one script, which knows the files of the app that has just been written. */
export function worker(): Plugin {
  let outDir = ""
  return {
    name: "worker",
    configResolved: (config) => {
      outDir = join(config.root, config.build.outDir)
    },
    configureServer: (server) => {
      server.middlewares.use("/sw.js", gone)
    },
    writeBundle: {
      order: "post",
      sequential: true,
      handler: () => bundle(outDir, kept(outDir)),
    },
  }
}

const gone: Connect.SimpleHandleFunction = (_request, response) => {
  response.setHeader("Content-Type", "text/javascript")
  response.end(GONE)
}

async function bundle(outDir: string, files: string[]): Promise<void> {
  await build({
    configFile: false,
    logLevel: "warn",
    publicDir: false,
    define: { __FILES__: JSON.stringify(files) },
    build: {
      outDir,
      emptyOutDir: false,
      target: "chrome87",
      rolldownOptions: { input: SOURCE, output: { format: "iife", entryFileNames: "sw.js" } },
    },
  })
}
