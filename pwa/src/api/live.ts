import { ref } from "vue"

export interface Frame {
  type: string
  [key: string]: unknown
}

type Listener = (frame: Frame) => void

const PING_MS: [number, number] = [20_000, 25_000]
const SILENCE_MS = 10_000
/** The server lets 64 frames be on their way; in a rush it is told sooner than by the next ping. */
const ACKNOWLEDGE_EVERY = 24
const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 30_000
const UNKNOWN_PERSON = 4401
const between = ([from, to]: [number, number]) => from + Math.random() * (to - from)

/** One live socket that comes back by itself. A half-open socket stays "open", so silence counts, not state. */
export class Live {
  readonly state = ref<"off" | "connecting" | "open" | "waiting">("off")
  private socket: WebSocket | null = null
  private listeners = new Map<string, Set<Listener>>()
  private got = 0
  private failures = 0
  private pauseMs: number | null = null
  private timers = new Map<"ping" | "silence" | "again", ReturnType<typeof setTimeout>>()

  constructor(
    private readonly url: () => string,
    private readonly hello: () => Promise<Record<string, unknown>>,
    /** The server does not know us any more. Answers whether to come back. */
    private readonly unknownPerson: () => Promise<boolean>,
  ) {}

  on(type: string, listener: Listener): () => void {
    const all = this.listeners.get(type) ?? new Set()
    this.listeners.set(type, all.add(listener))
    return () => all.delete(listener)
  }

  /** Connects now, or finds out now whether the open socket still lives. */
  wake(): void {
    if (this.state.value === "open") this.ping()
    else if (this.state.value !== "connecting") this.connect()
  }

  stop(): void {
    this.drop()
    this.state.value = "off"
  }

  /** False when nobody is there to hear it: then say it over HTTP. */
  say(message: Frame): boolean {
    if (this.state.value !== "open" || this.socket?.readyState !== WebSocket.OPEN) return false
    this.socket.send(JSON.stringify(message))
    return true
  }

  private connect(): void {
    this.drop()
    this.state.value = "connecting"
    const socket = new WebSocket(this.url())
    this.socket = socket
    this.got = 0
    this.expectWord()
    socket.onopen = () => void this.greet(socket)
    socket.onmessage = (event) => this.receive(String(event.data))
    socket.onclose = (event) => void this.closed(event.code)
  }

  private async greet(socket: WebSocket): Promise<void> {
    const after = await this.hello()
    if (this.socket !== socket || socket.readyState !== WebSocket.OPEN) return
    socket.send(JSON.stringify({ type: "hello", ...after }))
    this.state.value = "open"
    this.clear("silence")
    this.ping()
  }

  private receive(text: string): void {
    this.got += 1
    this.failures = 0
    this.clear("silence")
    const frame = JSON.parse(text) as Frame
    if (this.got % ACKNOWLEDGE_EVERY === 0) this.say({ type: "ping", got: this.got })
    if (frame.type === "restart") this.pauseMs = Number(frame.after_ms) || 0
    for (const listener of this.listeners.get(frame.type) ?? []) listener(frame)
  }

  private ping(): void {
    this.say({ type: "ping", got: this.got })
    this.expectWord()
    this.later("ping", between(PING_MS), () => this.ping())
  }

  private expectWord(): void {
    if (!this.timers.has("silence")) this.later("silence", SILENCE_MS, () => void this.closed(0))
  }

  private async closed(code: number): Promise<void> {
    this.drop()
    this.state.value = "waiting"
    if (code === UNKNOWN_PERSON && !(await this.unknownPerson())) return this.stop()
    if (this.state.value !== "waiting") return
    const wait = this.pauseMs ?? Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.failures)
    this.pauseMs = null
    this.failures += 1
    // Jitter, so that eight thousand phones do not come back in the same second.
    this.later("again", between([wait / 2, wait * 1.5]), () => this.connect())
  }

  private drop(): void {
    for (const name of ["ping", "silence", "again"] as const) this.clear(name)
    const socket = this.socket
    this.socket = null
    if (!socket) return
    socket.onopen = socket.onmessage = socket.onclose = null
    socket.close(1000)
  }

  private later(name: "ping" | "silence" | "again", ms: number, run: () => void): void {
    this.clear(name)
    this.timers.set(
      name,
      setTimeout(() => {
        this.timers.delete(name)
        run()
      }, ms),
    )
  }

  private clear(name: "ping" | "silence" | "again"): void {
    clearTimeout(this.timers.get(name))
    this.timers.delete(name)
  }
}

/** Closes with the page (a page with an open socket is not kept for going back) and returns with it. */
export function followPage(live: Live, wanted: () => boolean): void {
  const wake = () => wanted() && document.visibilityState === "visible" && live.wake()
  window.addEventListener("pagehide", () => live.stop())
  window.addEventListener("pageshow", wake)
  window.addEventListener("online", wake)
  document.addEventListener("visibilitychange", wake)
}
