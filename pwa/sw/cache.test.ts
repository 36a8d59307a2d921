import { beforeEach, expect, it, vi } from "vitest"

const ORIGIN = "https://yizhan.test"
let answered: boolean

beforeEach(() => {
  vi.resetModules()
  vi.stubGlobal("self", { location: { origin: ORIGIN }, __WB_MANIFEST: [{ url: "index.html", revision: "r1" }] })
  vi.stubGlobal("caches", { open: async () => ({ match: async () => new Response("the app") }) })
  answered = false
})

async function visit(path: string): Promise<boolean> {
  const { answer } = await import("./cache")
  const request = { method: "GET", mode: "navigate", url: `${ORIGIN}${path}` }
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
