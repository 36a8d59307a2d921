import { vi } from "vitest"

/** For tests only: stands where the network is. Throwing is a network that is down. */
export type Answering = (request: { method: string; path: string; query: URLSearchParams; body: unknown }) => unknown

export const OFFLINE = Symbol("offline")

export function fakeServer(answer: Answering): { asked: string[] } {
  const asked: string[] = []
  // biome-ignore lint/suspicious/noDocumentCookie: happy-dom has no Cookie Store.
  document.cookie = "csrftoken=pretended"
  vi.stubGlobal("fetch", async (address: string, init: RequestInit = {}) => {
    const url = new URL(address, "http://home.test")
    const method = init.method ?? "GET"
    asked.push(`${method} ${url.pathname}${url.search}`)
    const body = typeof init.body === "string" ? (JSON.parse(init.body) as unknown) : undefined
    const answered = answer({ method, path: url.pathname, query: url.searchParams, body })
    if (answered === OFFLINE) throw new TypeError("Failed to fetch")
    if (answered instanceof Response) return answered
    return answered === undefined ? new Response(null, { status: 204 }) : Response.json(answered)
  })
  return { asked }
}

export const refusing = (status: number, message: string): Response =>
  Response.json({ code: "refused", message, fields: {} }, { status })
