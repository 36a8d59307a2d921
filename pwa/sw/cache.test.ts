import { beforeEach, expect, it, vi } from "vitest"

const ORIGIN = "https://yizhan.test"
let answered: boolean
/** Addresses, by the name of their cache. */
let kept: Record<string, string[]>

beforeEach(() => {
  vi.resetModules()
  vi.stubGlobal("self", { location: { origin: ORIGIN }, __WB_MANIFEST: [{ url: "index.html", revision: "r1" }] })
  kept = {
    app: ["/index.html?revision=r1", "/media/moments/a-secret/clear-320.webp"],
    photos: ["/media/portraits/1.webp"],
  }
  vi.stubGlobal("caches", {
    keys: async () => Object.keys(kept),
    delete: async (name: string) => delete kept[name],
    open: async (name: string) => ({
      match: async () => new Response("the app"),
      keys: async () => kept[name]?.map((path) => ({ url: `${ORIGIN}${path}` })) ?? [],
      delete: async ({ url }: { url: string }) => {
        kept[name] = kept[name]?.filter((path) => `${ORIGIN}${path}` !== url) ?? []
      },
    }),
  })
  answered = false
})

async function visit(path: string, mode = "navigate"): Promise<boolean> {
  const { answer } = await import("./cache")
  const request = { method: "GET", mode, url: `${ORIGIN}${path}` }
  const respondWith = () => {
    answered = true
  }
  answer({ request, respondWith } as unknown as FetchEvent)
  return answered
}

it.each(["/", "/messages", "/calendar", "/calendar/12", "/calendar?day=2026-11-25", "/chat/member:1:1"])(
  "opens %s from what is kept here",
  async (path) => {
    expect(await visit(path)).toBe(true)
  },
)

it.each(["/calendar/a-secret.ics", "/api/calendar/sessions/1/file", "/media/portraits/1.webp", "/livez"])(
  "leaves %s to the server",
  async (path) => {
    expect(await visit(path)).toBe(false)
  },
)

it.each(["/media/moments/a-secret/clear-320.webp", "/api/moments?home=1"])(
  "never stands between %s and the rules",
  async (path) => {
    expect(await visit(path, "no-cors")).toBe(false)
  },
)

it("leaves no photo in any cache when it wakes as a newer version", async () => {
  const { dropOld } = await import("./cache")
  await dropOld()
  expect(kept).toEqual({ app: ["/index.html?revision=r1"] })
})
