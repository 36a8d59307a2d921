import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { type Frame, followPage, Live } from "./live"

/** The other end of the wire, as far as a page can see it. */
class Wire {
  static readonly OPEN = 1
  static all: Wire[] = []
  static get last(): Wire {
    return Wire.all.at(-1) as Wire
  }
  readyState = 0
  said: Frame[] = []
  onopen: (() => void) | null = null
  onmessage: ((event: { data: string }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  constructor(readonly url: string) {
    Wire.all.push(this)
  }
  send(text: string) {
    this.said.push(JSON.parse(text) as Frame)
  }
  close() {
    this.readyState = 3
  }
  async accept() {
    this.readyState = Wire.OPEN
    this.onopen?.()
    await vi.advanceTimersByTimeAsync(0)
  }
  bring(frame: Frame) {
    this.onmessage?.({ data: JSON.stringify(frame) })
  }
  async end(code: number) {
    this.onclose?.({ code })
    await vi.advanceTimersByTimeAsync(0)
  }
}

const known = vi.fn(async () => true)
let live: Live
/** Whether the page of this test is still there: its listeners outlive it. */
let here = true

beforeEach(() => {
  vi.useFakeTimers()
  vi.spyOn(Math, "random").mockReturnValue(0.5)
  vi.stubGlobal("WebSocket", Wire)
  Wire.all = []
  here = true
  known.mockResolvedValue(true)
  live = new Live(
    () => "ws://home.test/ws",
    async () => ({ after: 12, epoch: "e1" }),
    known,
  )
})
afterEach(() => {
  here = false
  live.stop()
  vi.useRealTimers()
})

async function connected() {
  live.wake()
  await Wire.last.accept()
}

describe("the live socket", () => {
  it("says where it stands, and then that it is there", async () => {
    await connected()
    expect(Wire.last.said).toEqual([
      { type: "hello", after: 12, epoch: "e1" },
      { type: "ping", got: 0 },
    ])
    expect(live.state.value).toBe("open")
  })

  it("hands each frame to who listens for its kind", async () => {
    const board = vi.fn()
    const stop = live.on("board", board)
    await connected()
    Wire.last.bring({ type: "board", rev: 3 })
    Wire.last.bring({ type: "notice", seq: 1 })
    stop()
    Wire.last.bring({ type: "board", rev: 4 })
    expect(board.mock.calls).toEqual([[{ type: "board", rev: 3 }]])
  })

  it("pings every 20 to 25 seconds with the number of frames it got", async () => {
    await connected()
    Wire.last.bring({ type: "ready" })
    await vi.advanceTimersByTimeAsync(22_500)
    expect(Wire.last.said.at(-1)).toEqual({ type: "ping", got: 1 })
    expect(Wire.last.said).toHaveLength(3)
  })

  it("acknowledges early when many frames come at once", async () => {
    await connected()
    for (let rev = 1; rev <= 24; rev += 1) Wire.last.bring({ type: "board", rev })
    expect(Wire.last.said.at(-1)).toEqual({ type: "ping", got: 24 })
  })

  it("gives up a socket that stays silent for ten seconds, however open it looks", async () => {
    await connected()
    const first = Wire.last
    await vi.advanceTimersByTimeAsync(10_000)
    expect(first.readyState).toBe(3)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(Wire.all).toHaveLength(2)
  })

  it("gives up a handshake that nobody answers", async () => {
    live.wake()
    await vi.advanceTimersByTimeAsync(11_000)
    expect(Wire.all).toHaveLength(2)
  })

  it("waits longer after each failure, and not after a frame came", async () => {
    live.wake()
    for (const wait of [1_000, 2_000, 4_000]) {
      const before = Wire.all.length
      await Wire.last.end(1006)
      await vi.advanceTimersByTimeAsync(wait - 1)
      expect(Wire.all).toHaveLength(before)
      await vi.advanceTimersByTimeAsync(1)
      expect(Wire.all).toHaveLength(before + 1)
    }
    await Wire.last.accept()
    Wire.last.bring({ type: "ready" })
    await Wire.last.end(1006)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(Wire.all).toHaveLength(5)
  })

  it("comes back when the server said, after a restart", async () => {
    await connected()
    Wire.last.bring({ type: "restart", after_ms: 7_000 })
    await Wire.last.end(1012)
    await vi.advanceTimersByTimeAsync(6_999)
    expect(Wire.all).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(Wire.all).toHaveLength(2)
  })

  it("stays away when the server does not know the person any more", async () => {
    known.mockResolvedValue(false)
    await connected()
    await Wire.last.end(4401)
    await vi.advanceTimersByTimeAsync(120_000)
    expect(Wire.all).toHaveLength(1)
    expect(live.state.value).toBe("off")
  })

  it("comes back after 4401 when the person is still signed in: only their rights changed", async () => {
    await connected()
    await Wire.last.end(4401)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(Wire.all).toHaveLength(2)
  })

  it("says nothing into a closed socket, so that it can be said over HTTP", async () => {
    expect(live.say({ type: "seen", upto: 3 })).toBe(false)
    await connected()
    expect(live.say({ type: "seen", upto: 3 })).toBe(true)
  })

  it("closes with the page and comes back with it", async () => {
    const mine = live
    followPage(mine, () => here && mine === live)
    await connected()
    window.dispatchEvent(new Event("pagehide"))
    expect(Wire.last.readyState).toBe(3)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(Wire.all).toHaveLength(1)
    window.dispatchEvent(new Event("pageshow"))
    expect(Wire.all).toHaveLength(2)
  })

  it("asks at once whether an open socket still lives when the page is looked at again", async () => {
    const mine = live
    followPage(mine, () => here && mine === live)
    await connected()
    Wire.last.bring({ type: "pong" })
    document.dispatchEvent(new Event("visibilitychange"))
    expect(Wire.last.said.filter(({ type }) => type === "ping")).toHaveLength(2)
    expect(Wire.all).toHaveLength(1)
  })
})
