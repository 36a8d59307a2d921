import { beforeEach, describe, expect, it, vi } from "vitest"

const ORIGIN = "https://yizhan.test"
const FILES = ["/assets/app-1a2b3c.js", "/assets/new-4d5e6f.js", "/index.html?revision=r2"]
const OLDER = ["/assets/app-1a2b3c.js", "/assets/old-7a8b9c.js", "/index.html?revision=r1"]

/** What is kept: the body of each address, by the name of its cache. */
let kept: Record<string, Map<string, string>>
let fetched: string[]
let away: string[]

/** An address, as a cache takes it: a string or a request. */
const pathOf = (key: string | { url: string }) => (typeof key === "string" ? key : key.url).replace(ORIGIN, "")

function open(name: string) {
  kept[name] ??= new Map()
  const files = kept[name]
  return {
    match: async (key: string) => (files.has(pathOf(key)) ? new Response(files.get(pathOf(key))) : undefined),
    keys: async () => [...files.keys()].map((path) => ({ url: `${ORIGIN}${path}` })),
    put: async (key: string, answer: Response) => files.set(pathOf(key), await answer.text()),
    delete: async (key: { url: string }) => files.delete(pathOf(key)),
  }
}

beforeEach(() => {
  vi.resetModules()
  vi.stubGlobal("self", { location: { origin: ORIGIN } })
  vi.stubGlobal("__FILES__", FILES)
  kept = { app: new Map(OLDER.map((path) => [path, `old ${path}`])) }
  fetched = []
  away = []
  vi.stubGlobal("caches", {
    keys: async () => Object.keys(kept),
    delete: async (name: string) => delete kept[name],
    open: async (name: string) => open(name),
  })
  vi.stubGlobal("fetch", async (asked: string | { url: string }) => {
    const path = pathOf(asked)
    fetched.push(path)
    return away.includes(path) ? new Response("gone", { status: 503 }) : new Response(`new ${path}`)
  })
})

/** What a worker that knows these files answers to a page; undefined when it leaves that to the network. */
async function visit(path: string, mode = "navigate", method = "GET"): Promise<string | undefined> {
  const { answer } = await import("./cache")
  let answered: Promise<Response> | undefined
  const request = { method, mode, url: path.startsWith("https:") ? path : `${ORIGIN}${path}` }
  const respondWith = (response: Promise<Response>) => {
    answered = response
  }
  answer({ request, respondWith } as unknown as FetchEvent)
  return (await answered)?.text()
}

describe("a page", () => {
  beforeEach(() => {
    kept = { app: new Map(FILES.map((path) => [path, `kept ${path}`])) }
  })

  it.each(["/", "/messages", "/calendar", "/calendar/12", "/calendar?day=2026-11-25", "/chat/member:1:1"])(
    "opens %s from what is kept here",
    async (path) => {
      expect(await visit(path)).toBe("kept /index.html?revision=r2")
    },
  )

  it("gets the app's own files from what is kept here", async () => {
    expect(await visit("/assets/new-4d5e6f.js", "cors")).toBe("kept /assets/new-4d5e6f.js")
    expect(fetched).toEqual([])
  })

  it("gets from the server what the browser has thrown away", async () => {
    kept.app?.clear()
    expect(await visit("/assets/new-4d5e6f.js", "cors")).toBe("new /assets/new-4d5e6f.js")
  })

  it.each(["/calendar/a-secret.ics", "/api/calendar/sessions/1/file", "/media/portraits/1.webp", "/livez"])(
    "leaves %s to the server",
    async (path) => {
      expect(await visit(path)).toBeUndefined()
    },
  )

  it.each(["/media/moments/a-secret/clear-320.webp", "/api/moments?home=1"])(
    "never stands between %s and the rules",
    async (path) => {
      expect(await visit(path, "no-cors")).toBeUndefined()
    },
  )

  it("that writes, or asks another house, is left alone", async () => {
    expect(await visit("/messages", "navigate", "POST")).toBeUndefined()
    expect(await visit("https://elsewhere.test/messages")).toBeUndefined()
  })
})

describe("a newer version", () => {
  const install = async () => (await import("./cache")).keep()
  const wake = async () => (await import("./cache")).dropOld()

  it("fetches what it has not, and not again what has its content in its name", async () => {
    await install()
    expect(fetched.sort()).toEqual(["/assets/new-4d5e6f.js", "/index.html"])
    expect([...(kept.app?.keys() ?? [])]).toEqual(expect.arrayContaining(FILES))
  })

  it("leaves the older one whole until it wakes", async () => {
    await install()
    for (const path of OLDER) expect(kept.app?.get(path)).toBe(`old ${path}`)
  })

  it.each(FILES.slice(1))("that cannot get %s is not installed, and the older one still opens", async (key) => {
    away = [key.replace(/\?.*/, "")]
    await expect(install()).rejects.toThrow("503")
    vi.resetModules()
    vi.stubGlobal("__FILES__", OLDER)
    expect(await visit("/messages")).toBe("old /index.html?revision=r1")
    expect(await visit("/assets/old-7a8b9c.js", "cors")).toBe("old /assets/old-7a8b9c.js")
  })

  it("leaves nothing of the older one when it wakes, and no photo in any cache", async () => {
    kept.app?.set("/media/moments/a-secret/clear-320.webp", "a photo")
    kept.photos = new Map([["/media/portraits/1.webp", "a face"]])
    await install()
    await wake()
    expect(Object.keys(kept)).toEqual(["app"])
    expect([...(kept.app?.keys() ?? [])].sort()).toEqual(FILES)
  })

  it("keeps a redirected answer as a plain one: a navigation may not be given it", async () => {
    const put = vi.fn(async (_key: string, answer: Response) => expect(answer.redirected).toBe(false))
    vi.stubGlobal("caches", { open: async () => ({ keys: async () => [], put }) })
    vi.stubGlobal("fetch", async () => Object.defineProperty(new Response("there"), "redirected", { value: true }))
    await install()
    expect(put).toHaveBeenCalledTimes(FILES.length)
  })
})
