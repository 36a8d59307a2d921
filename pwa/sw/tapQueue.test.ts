import { beforeEach, describe, expect, it, vi } from "vitest"
import type { Waiting } from "../src/api/tap"
import { sendWaiting } from "./tapQueue"

const NAME = "yizhan-door"
let sent: string[] = []
let answer: (id: string) => Response

const asked = <T>(request: IDBRequest<T>) =>
  new Promise<T>((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

/** The tables as the page makes them (src/api/tapQueue.ts), with three taps. */
async function tablet(homes: number[], refused: number[] = []) {
  const opening = indexedDB.open(NAME, 1)
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore("taps", { keyPath: "n", autoIncrement: true })
    opening.result.createObjectStore("about", { keyPath: "key" })
  }
  const db = await asked(opening)
  const write = db.transaction(["taps", "about"], "readwrite")
  write.objectStore("about").put({ key: "homes", homes })
  for (const member of [1, 2, 3]) {
    const more = refused.includes(member) ? { refused: { status: 422, code: "", message: "" } } : {}
    write.objectStore("taps").put({
      id: `tap-${member}`,
      home: 7,
      member,
      kind: "arrived",
      occurred_at: "",
      device: "d",
      device_seq: member,
      ...more,
    })
  }
  db.close()
}

async function left(): Promise<number[]> {
  const db = await asked(indexedDB.open(NAME))
  const taps: Waiting[] = await asked(db.transaction("taps").objectStore("taps").getAll())
  db.close()
  return taps.map(({ member }) => member)
}

beforeEach(async () => {
  await asked(indexedDB.deleteDatabase(NAME))
  sent = []
  answer = (id) => Response.json({ id }, { status: 201 })
  Object.defineProperty(navigator, "locks", {
    value: { request: (_: string, run: () => unknown) => run() },
    configurable: true,
  })
  vi.stubGlobal("cookieStore", { get: async () => ({ value: "csrf" }) })
  vi.stubGlobal("fetch", async (_url: string, init: RequestInit) => {
    const { id, home } = JSON.parse(String(init.body)) as { id: string; home?: number }
    expect(home).toBeUndefined()
    sent.push(id)
    return answer(id)
  })
})

describe("background sync", () => {
  it("sends what waits, in order, and forgets it", async () => {
    await tablet([7])
    await sendWaiting()
    expect([sent, await left()]).toEqual([["tap-1", "tap-2", "tap-3"], []])
  })

  it("stops at the first no, so that the browser tries again and a page decides", async () => {
    await tablet([7])
    answer = (id) => (id === "tap-2" ? new Response(null, { status: 503 }) : Response.json({ id }))
    await expect(sendWaiting()).rejects.toThrow("not taken: 503")
    expect([sent, await left()]).toEqual([
      ["tap-1", "tap-2"],
      [2, 3],
    ])
  })

  it("believes no hotel's sign-in page", async () => {
    await tablet([7])
    answer = () => new Response("<html>", { status: 200 })
    await expect(sendWaiting()).rejects.toThrow()
    expect(await left()).toEqual([1, 2, 3])
  })

  it("passes over what was refused before", async () => {
    await tablet([7], [1])
    await sendWaiting()
    expect([sent, await left()]).toEqual([["tap-2", "tap-3"], [1]])
  })

  it("sends nothing of a Home whose staff is not signed in here", async () => {
    await tablet([])
    await sendWaiting()
    expect([sent, await left()]).toEqual([[], [1, 2, 3]])
  })

  it("sends nothing where it cannot read the CSRF cookie", async () => {
    await tablet([7])
    vi.stubGlobal("cookieStore", undefined)
    await expect(sendWaiting()).rejects.toThrow("no CSRF token here")
    expect(sent).toEqual([])
  })

  it("gives the door back to the page when nobody answers", async () => {
    await tablet([7])
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] })
    const asked = new Promise<void>((told) => {
      vi.stubGlobal("fetch", (_url: string, { signal }: RequestInit) => {
        told()
        return new Promise((_, reject) =>
          signal?.addEventListener("abort", () => reject(new DOMException("", "AbortError"))),
        )
      })
    })
    const sending = expect(sendWaiting()).rejects.toThrow()
    await asked
    vi.advanceTimersByTime(15_000)
    vi.useRealTimers()
    await sending
    expect(await left()).toEqual([1, 2, 3])
  })

  it("makes no tables of its own", async () => {
    await expect(sendWaiting()).rejects.toThrow()
    expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain(NAME)
  })
})
