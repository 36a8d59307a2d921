import { beforeEach, describe, expect, it, vi } from "vitest"
import { Live } from "./live"
import type { Tap, Upload } from "./tap"
import { turns } from "./test/turns"
import { uuid7 } from "./uuid7"

/** The server's side of the door: what it was sent, in order, and how it answers. */
let received: Upload[] = []
let answers: (event: Upload) => Response | Promise<Response>
/** Where the person who is signed in has a post, as the server knows it. */
let posts: number[] = []
const HOME = 7

const yes = (event: Upload) => Response.json({ id: event.id, effect: "recorded" }, { status: 201 })
const no = (status: number, message: string) => Response.json({ code: "refused", message, fields: {} }, { status })
const nobody = () => Promise.reject(new TypeError("Failed to fetch"))

function tap(member: number, more: Partial<Tap> = {}): Tap {
  return {
    id: uuid7(),
    home: HOME,
    member,
    kind: "arrived",
    occurred_at: new Date().toISOString(),
    taken_by: 2,
    ...more,
  }
}

/** A fresh start of the app on the same tablet: new variables, the same disk. */
async function start(signedIn = true) {
  vi.resetModules()
  const app = await import("./tapQueue")
  await app.reload()
  if (signedIn) await app.allow([HOME])
  return app
}

/** Locks as browsers have them: one holder at a time, over all tabs. */
function lockManager() {
  let last: Promise<unknown> = Promise.resolve()
  return {
    request: (_name: string, run: () => Promise<unknown>) => {
      last = last.then(run, run)
      return last
    },
  }
}

beforeEach(async () => {
  received = []
  answers = yes
  posts = [HOME]
  // biome-ignore lint/suspicious/noDocumentCookie: happy-dom has no Cookie Store.
  document.cookie = "csrftoken=abc"
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    if (url === "/api/me") return Response.json({ id: 2, posts: posts.map((id) => ({ home: { id } })) })
    const event = JSON.parse(String(init.body)) as Upload
    const answer = await answers(event)
    received.push(event)
    return answer
  })
  Object.defineProperty(navigator, "locks", { value: lockManager(), configurable: true })
  const { door } = await import("./tapQueue")
  const write = (await door()).transaction(["taps", "about"], "readwrite")
  write.objectStore("taps").clear()
  write.objectStore("about").clear()
  await new Promise((resolve) => {
    write.oncomplete = resolve
  })
})

describe("the door's queue", () => {
  it("sends a tap at once, with the tablet's own time and number", async () => {
    const app = await start()
    await app.enqueue(tap(1))
    await vi.waitFor(() => expect(app.taps.value).toEqual([]))
    expect(received).toHaveLength(1)
    expect(received[0]).toMatchObject({ member: 1, kind: "arrived", taken_by: 2, device_seq: 1 })
    expect(received[0]).not.toHaveProperty("home")
    expect(Date.parse(received[0]?.sent_at ?? "")).toBeGreaterThan(Date.now() - 5_000)
  })

  it("keeps eleven taps without a network, over a killed tab, and sends each once and in order", async () => {
    answers = nobody
    const before = await start()
    for (let member = 1; member <= 6; member += 1) await before.enqueue(tap(member))
    const after = await start()
    for (let member = 7; member <= 11; member += 1) await after.enqueue(tap(member))
    expect(after.taps.value).toHaveLength(11)
    answers = yes
    await after.flush()
    await vi.waitFor(() => expect(after.taps.value).toEqual([]))
    expect(received.map(({ member }) => member)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    expect(received.map(({ device_seq }) => device_seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    expect(new Set(received.map(({ device }) => device)).size).toBe(1)
  })

  it("sends again what was on its way when the tab died, under the same id", async () => {
    answers = nobody
    const before = await start()
    const mine = tap(1)
    await before.enqueue(mine)
    answers = yes
    const after = await start()
    await after.flush()
    expect(received.map(({ id }) => id)).toEqual([mine.id])
  })

  it("sets a refused tap aside with the server's sentence and sends the rest", async () => {
    answers = (event) => (event.member === 2 ? no(422, "这个时间还没有到。") : yes(event))
    const app = await start()
    for (const member of [1, 2, 3]) await app.enqueue(tap(member))
    await vi.waitFor(() => expect(received.map(({ member }) => member)).toEqual([1, 2, 3]))
    await vi.waitFor(() => expect(app.taps.value).toHaveLength(1))
    expect(app.taps.value[0]).toMatchObject({ member: 2, refused: { status: 422, message: "这个时间还没有到。" } })
    const again = await start()
    expect(again.taps.value[0]?.refused?.message).toBe("这个时间还没有到。")
  })

  it("tries a refused tap again, or throws it away, only when a person says so", async () => {
    answers = () => no(404, "没有找到。")
    const app = await start()
    await app.enqueue(tap(1))
    await vi.waitFor(() => expect(app.taps.value[0]?.refused).toBeDefined())
    const refused = app.taps.value[0]
    if (!refused) throw new Error("nothing was refused")
    await app.flush()
    expect(received).toHaveLength(1)
    await app.retry(refused)
    expect(received).toHaveLength(2)
    await app.discard(app.taps.value[0] ?? refused)
    expect(app.taps.value).toEqual([])
  })

  it("throws nothing away that was not refused", async () => {
    answers = nobody
    const app = await start()
    const waiting = await app.enqueue(tap(1))
    await app.discard(waiting)
    expect(app.taps.value).toHaveLength(1)
  })

  it.each([401, 403, 429, 502, 503])("keeps everything and its order when the server answers %i", async (status) => {
    answers = () => no(status, "请过一会儿再试。")
    const app = await start()
    for (const member of [1, 2]) await app.enqueue(tap(member))
    await app.flush()
    expect(app.taps.value.map(({ member, refused }) => [member, refused])).toEqual([
      [1, undefined],
      [2, undefined],
    ])
    expect(received.every(({ member }) => member === 1)).toBe(true)
  })

  it("lets the others pass a tap on which the server itself stumbles again and again", async () => {
    answers = (event) => (event.member === 1 ? no(500, "服务器出了点问题。") : yes(event))
    const app = await start()
    for (const member of [1, 2]) await app.enqueue(tap(member))
    for (let round = 0; round < 5; round += 1) await app.flush()
    await vi.waitFor(() => expect(app.taps.value.map(({ member }) => member)).toEqual([1]))
    expect(app.taps.value[0]?.refused?.status).toBe(500)
  })

  it.each([
    ["a hotel's sign-in page", () => new Response("<html>请先登录 Wi-Fi</html>", { status: 200 })],
    ["an answer about another tap", () => Response.json({ id: "another" }, { status: 201 })],
    ["a 404 that is not ours", () => new Response("<html>nginx</html>", { status: 404 })],
  ])("believes no yes and no no of %s", async (_who, answer) => {
    answers = answer
    const app = await start()
    await app.enqueue(tap(1))
    await app.flush()
    expect(app.taps.value).toHaveLength(1)
    expect(app.taps.value[0]?.refused).toBeUndefined()
  })

  it("survives a sign-out and goes up when staff of that Home signs in, under who took it", async () => {
    answers = nobody
    const teacher = await start()
    await teacher.enqueue(tap(1, { taken_by: 41 }))
    await teacher.allow([])
    answers = yes
    await teacher.flush()
    const mother = await start(false)
    await mother.allow([])
    const stranger = await start(false)
    await stranger.allow([HOME + 1])
    expect(received).toEqual([])
    const colleague = await start()
    await colleague.flush()
    expect(received).toMatchObject([{ member: 1, taken_by: 41 }])
    expect(colleague.taps.value).toEqual([])
  })

  it("leaves the taps of a post that ended while nobody answered to the colleagues", async () => {
    answers = nobody
    const app = await start()
    for (const member of [1, 2]) await app.enqueue(tap(member))
    posts = []
    answers = () => no(404, "没有找到。")
    await app.flush()
    expect(received.map(({ member }) => member)).toEqual([1])
    expect(app.taps.value.map(({ refused }) => refused)).toEqual([undefined, undefined])
    answers = yes
    await app.flush()
    expect(received).toHaveLength(1)
    await app.allow([HOME])
    expect(app.taps.value).toEqual([])
  })

  it("keeps a tap that was not found while it cannot be asked whose post it is", async () => {
    const app = await start()
    answers = () => {
      vi.stubGlobal("fetch", nobody)
      return no(404, "没有找到。")
    }
    await app.enqueue(tap(1))
    await vi.waitFor(() => expect(received).toHaveLength(1))
    await app.flush()
    expect(app.taps.value[0]?.refused).toBeUndefined()
  })

  it("sends nothing twice when two tabs wake up together", async () => {
    answers = nobody
    const one = await start()
    for (const member of [1, 2, 3]) await one.enqueue(tap(member))
    const two = await start()
    answers = async (event) => {
      await new Promise((resolve) => setTimeout(resolve, 5))
      return yes(event)
    }
    await Promise.all([one.flush(), two.flush(), one.flush()])
    expect(received.map(({ member }) => member)).toEqual([1, 2, 3])
  })

  it("tells the page what the server made of a tap", async () => {
    const app = await start()
    const told = vi.fn()
    app.onSent(told)
    await app.enqueue(tap(5))
    await vi.waitFor(() => expect(told).toHaveBeenCalledOnce())
    expect(told.mock.calls[0]?.[1]).toMatchObject({ effect: "recorded" })
  })

  it("holds no name", async () => {
    answers = nobody
    const app = await start()
    await app.enqueue(tap(1))
    expect(Object.keys(app.taps.value[0] ?? {}).sort()).toEqual(
      ["device", "device_seq", "home", "id", "kind", "member", "n", "occurred_at", "taken_by"].sort(),
    )
  })
})

describe("the next try", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] })
    return () => vi.useRealTimers()
  })
  /** Whatever IndexedDB and the locks need, without the clock. */
  const settled = () => turns(40)

  it("comes within half a minute, however often nobody answered", async () => {
    answers = nobody
    const app = await start()
    await app.enqueue(tap(1))
    for (let round = 0; round < 8; round += 1) await app.flush()
    answers = yes
    vi.advanceTimersByTime(30_000)
    await settled()
    expect(app.taps.value).toEqual([])
  })

  it("comes at once when the socket is open again", async () => {
    const live = new Live(
      () => "",
      async () => ({}),
      async () => true,
    )
    answers = nobody
    const app = await start()
    ;(await import("./retryQueue")).followNetwork(live)
    await app.enqueue(tap(1))
    await app.flush()
    answers = yes
    live.state.value = "open"
    await settled()
    expect(app.taps.value).toEqual([])
  })

  it("comes also after this device itself stumbled", async () => {
    const app = await start()
    answers = nobody
    await app.enqueue(tap(1))
    await app.flush()
    answers = yes
    vi.spyOn(await app.door(), "transaction").mockImplementationOnce(() => {
      throw new DOMException("", "UnknownError")
    })
    await expect(app.flush()).rejects.toThrow()
    vi.advanceTimersByTime(30_000)
    await settled()
    expect(app.taps.value).toEqual([])
  })
})
