import { beforeEach, describe, expect, it, vi } from "vitest"
import { get, onUnauthorised, patch, post } from "./client"
import { type ApiError, OfflineError, sentence } from "./errors"
import { fakeServer, OFFLINE, refusing } from "./test/fakeServer"

const failure = async (work: Promise<unknown>) =>
  work.then(
    () => {
      throw new Error("nothing was refused")
    },
    (error: unknown) => error,
  )

beforeEach(() => onUnauthorised(() => undefined))

describe("the client", () => {
  it("fills the path and the query, and leaves out what is not said", async () => {
    const { asked } = fakeServer(() => ({}))
    await get("/api/members/{member_id}/day", { path: { member_id: 5 }, query: { date: "2026-11-23" } })
    await get("/api/members/{member_id}/day", { path: { member_id: 5 } })
    expect(asked).toEqual(["GET /api/members/5/day?date=2026-11-23", "GET /api/members/5/day"])
  })

  it("sends JSON with the CSRF token of the cookie", async () => {
    fakeServer(() => ({}))
    const sent = vi.spyOn(globalThis, "fetch")
    await patch("/api/me", { body: { name: "李秀珍" } })
    const [, init] = sent.mock.calls[0] ?? []
    const headers = new Headers(init?.headers)
    expect([headers.get("X-CSRFToken"), headers.get("Content-Type"), init?.body]).toEqual([
      "pretended",
      "application/json",
      '{"name":"李秀珍"}',
    ])
  })

  it("answers nothing where there is nothing to answer", async () => {
    fakeServer(() => undefined)
    expect(await post("/api/me/sign-out-everywhere")).toBeUndefined()
  })

  it("waits no longer for the rest of an answer than for its beginning", async () => {
    vi.spyOn(globalThis, "fetch").mockImplementation(async (_url, init) => {
      const endless = new ReadableStream({
        start: (body) => init?.signal?.addEventListener("abort", () => body.error(new Error("aborted"))),
      })
      return new Response(endless, { headers: { "Content-Type": "application/json" } })
    })
    const error = await failure(get("/api/me", { timeout: 20 }))
    expect(sentence(error)).toBe("网络太慢，没有等到回音，请再试一次。")
  })

  it("turns a refusal into its code, sentence and fields", async () => {
    fakeServer(() => Response.json({ code: "invalid", message: "请看看。", fields: { name: "太长" } }, { status: 422 }))
    const error = (await failure(patch("/api/me", { body: { name: "x" } }))) as ApiError
    expect([error.status, error.code, error.message, error.fields, error.ours]).toEqual([
      422,
      "invalid",
      "请看看。",
      { name: "太长" },
      true,
    ])
  })

  it("knows when something between answered, and still finds words", async () => {
    fakeServer(() => new Response("<h1>Bad Gateway</h1>", { status: 502, headers: { "Retry-After": "30" } }))
    const error = (await failure(get("/api/me"))) as ApiError
    expect([error.status, error.ours, error.retryAfter]).toEqual([502, false, 30])
    expect(sentence(error)).toBe("服务器出了点问题，请过一会儿再试。")
  })

  it("calls it offline when nobody answers, or when what answers is no JSON", async () => {
    fakeServer(() => OFFLINE)
    expect(await failure(get("/api/me"))).toBeInstanceOf(OfflineError)
    fakeServer(() => new Response("<html>Wi-Fi</html>"))
    expect(await failure(get("/api/me"))).toBeInstanceOf(OfflineError)
  })

  it("gives up after its deadline and says that the network is slow", async () => {
    vi.stubGlobal("fetch", (_url: string, { signal }: RequestInit) => {
      return new Promise((_, reject) =>
        signal?.addEventListener("abort", () => reject(new DOMException("", "AbortError"))),
      )
    })
    const error = await failure(get("/api/me", { timeout: 10 }))
    expect(sentence(error)).toBe("网络太慢，没有等到回音，请再试一次。")
  })

  it.each(["signed_out", "held"])("tells the shell of a 401 with its code %s", async (code) => {
    const told = vi.fn()
    onUnauthorised(told)
    fakeServer(() => Response.json({ code, message: "请先登录。", fields: {} }, { status: 401 }))
    await failure(get("/api/me"))
    expect(told.mock.calls).toEqual([[code]])
  })

  it("tells the shell nothing of other refusals", async () => {
    const told = vi.fn()
    onUnauthorised(told)
    fakeServer(() => refusing(404, "没有找到。"))
    await failure(get("/api/me"))
    expect(told).not.toHaveBeenCalled()
  })
})
