declare const self: ServiceWorkerGlobalScope
/** Of the app that was built together with this worker (scripts/worker.ts). */
declare const __FILES__: readonly string[]

/**
 * The app's own files, so that it opens without a network. No photo and no answer of the API is ever kept here.
 */
const NAME = "app"
const SHELL = "/index.html"
/** Addresses that are the server's own and no screen of the app. */
const SERVERS_OWN = /^\/((api|_allauth|media|static|ws|livez|readyz)(\/|$)|calendar\/[^/]+\.ics$)/

/** A file's address in the cache, by its path. Names with a content hash stand for themselves, others carry their revision. */
const keys = new Map(__FILES__.map((key) => [key.replace(/\?.*/, ""), key]))

/** What an older version has kept is not fetched again. All or nothing: a half-kept app would not open. */
export async function keep(): Promise<void> {
  const cache = await caches.open(NAME)
  const kept = new Set((await cache.keys()).map(({ url }) => url.slice(self.location.origin.length)))
  await Promise.all([...keys].map(([path, key]) => (kept.has(key) ? undefined : fetchInto(cache, path, key))))
}

async function fetchInto(cache: Cache, path: string, key: string): Promise<void> {
  const answer = await fetch(path, { cache: "no-cache", credentials: "same-origin" })
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
  // A redirected answer may not be given to a navigation.
  await cache.put(key, answer.redirected ? new Response(answer.body, answer) : answer)
}

/** Whatever else lies in this browser's caches goes, too: nobody asks the rules about what is kept there. */
export async function dropOld(): Promise<void> {
  for (const name of await caches.keys()) if (name !== NAME) await caches.delete(name)
  const wanted = new Set(keys.values())
  const cache = await caches.open(NAME)
  for (const request of await cache.keys()) {
    if (!wanted.has(request.url.slice(self.location.origin.length))) await cache.delete(request)
  }
}

export function answer(event: FetchEvent): void {
  const { method, mode, url } = event.request
  const { origin, pathname } = new URL(url)
  if (method !== "GET" || origin !== self.location.origin) return
  const path = mode === "navigate" && !SERVERS_OWN.test(pathname) ? SHELL : pathname
  const key = keys.get(path)
  if (key) event.respondWith(fromCache(key, event.request))
}

async function fromCache(key: string, request: Request): Promise<Response> {
  return (await (await caches.open(NAME)).match(key)) ?? fetch(request)
}
