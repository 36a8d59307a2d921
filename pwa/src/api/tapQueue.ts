import { shallowRef } from "vue"
import { get, refusal, send } from "./client"
import { OfflineError } from "./errors"
import { asked, committed, database } from "./idb"
import type { Live } from "./live"
import { courier, onNetwork } from "./retryQueue"
import { set } from "./session"
import type { Tap, Upload, Waiting } from "./tap"
import { uuid7 } from "./uuid7"

export type Sent = (tap: Waiting, answer: unknown) => void

const EVENTS = "/api/attendance/events"
const LOCK = "yizhan-door"
const NEVER = new Set([400, 404, 409, 410, 422])
/** A tap on which the server itself stumbles is tried this often before it lets the others pass. */
const STUMBLES = 5

/** The worker opens the same tables (sw/tapQueue.ts). */
export const door = database("yizhan-door", 1, (db) => {
  db.createObjectStore("taps", { keyPath: "n", autoIncrement: true })
  db.createObjectStore("about", { keyPath: "key" })
})

/** Everything that is still here, oldest first, the refused ones included. */
export const taps = shallowRef<Waiting[]>([])

const others = new BroadcastChannel("yizhan-door")
const sentTo = new Set<Sent>()
const stumbled = new Map<string, number>()
let homes: number[] = []

others.onmessage = () => void reload()

export function onSent(tell: Sent): () => void {
  sentTo.add(tell)
  return () => sentTo.delete(tell)
}

/** Keeps a tap on this device; when this returns, it is on disk. Then it is sent as soon as somebody answers. */
export async function enqueue({ later, ...tap }: Tap): Promise<Waiting> {
  const write = (await door()).transaction(["taps", "about"], "readwrite", { durability: "strict" })
  const about = write.objectStore("about")
  const mine = (await asked(about.get("device"))) as { id: string; seq: number } | undefined
  const device = mine?.id ?? uuid7()
  const device_seq = (mine?.seq ?? 0) + 1
  about.put({ key: "device", id: device, seq: device_seq })
  const row = { ...tap, device, ...(later ? {} : { device_seq }) }
  const n = (await asked(write.objectStore("taps").add(row))) as number
  await committed(write)
  await changed()
  void askForSync()
  void flush()
  return { ...row, n }
}

/** Which Homes' taps may go up now: those whose staff is signed in here. None = everything waits. */
export async function allow(mine: number[]): Promise<void> {
  await keepHomes(mine)
  hope()
  await flush()
}

async function keepHomes(mine: number[]): Promise<void> {
  homes = mine
  const write = (await door()).transaction("about", "readwrite")
  write.objectStore("about").put({ key: "homes", homes: mine })
  await committed(write)
}

const firstToSend = () => taps.value.find((tap) => !tap.refused && homes.includes(tap.home))

const { flush, hope } = courier(LOCK, sendAll, () => firstToSend() !== undefined)

/** Sends what waits, strictly in order, one flusher at a time over all tabs. */
export { flush }

/** False when something must wait for a better moment. */
async function sendAll(): Promise<boolean> {
  await reload()
  for (let next = firstToSend(); next; next = firstToSend()) {
    if (!(await sendOne(next))) return false
    hope()
  }
  return true
}

/** False when the rest must wait, too: nobody answered, or somebody has to sign in again. */
async function sendOne(tap: Waiting): Promise<boolean> {
  let response: Response
  try {
    response = await send("POST", EVENTS, { body: upload(tap) })
  } catch (error) {
    if (error instanceof OfflineError) return false
    throw error
  }
  return response.ok ? accepted(tap, response) : refused(tap, response)
}

/** A hotel's sign-in page also answers 200: only an answer that names this tap counts. */
async function accepted(tap: Waiting, response: Response): Promise<boolean> {
  const answer = (await response.json().catch(() => null)) as { id?: unknown } | null
  if (answer?.id !== tap.id) return false
  await remove(tap.n)
  for (const tell of sentTo) tell(tap, answer)
  return true
}

/** What the server will never take is set aside with its sentence; everything else is tried again. */
async function refused(tap: Waiting, response: Response): Promise<boolean> {
  const { status, code, message, ours } = await refusal(response)
  if (ours && status === 404) {
    // The post may have ended while nobody answered: then what is left waits for the colleagues.
    const mine = await askHomes()
    if (!mine?.includes(tap.home)) return mine !== null
  }
  const stumbles = (stumbled.get(tap.id) ?? 0) + Number(status === 500)
  stumbled.set(tap.id, stumbles)
  if (!(ours && NEVER.has(status)) && stumbles < STUMBLES) return false
  await put({ ...tap, refused: { status, code, message } })
  return true
}

/** Where I have a post by now; null when that cannot be said. */
async function askHomes(): Promise<number[] | null> {
  const person = await get("/api/me").catch(() => null)
  if (!person) return null
  set(person)
  await keepHomes(person.posts.map(({ home }) => home.id))
  return homes
}

export function upload({ n: _n, home: _home, refused: _refused, ...event }: Waiting): Upload {
  return { ...event, sent_at: new Date().toISOString() }
}

/** A refused tap is tried once more, for example after the member was put back on the list. */
export async function retry(tap: Waiting): Promise<void> {
  const { refused: _refused, ...again } = tap
  stumbled.delete(tap.id)
  await put(again)
  await flush()
}

/** Only a person may throw a tap away, and only a refused one. */
export async function discard(tap: Waiting): Promise<void> {
  if (tap.refused) await remove(tap.n)
}

async function remove(n: number): Promise<void> {
  const write = (await door()).transaction("taps", "readwrite")
  write.objectStore("taps").delete(n)
  await committed(write)
  await changed()
}

async function put(tap: Waiting): Promise<void> {
  const write = (await door()).transaction("taps", "readwrite")
  write.objectStore("taps").put(tap)
  await committed(write)
  await changed()
}

export async function reload(): Promise<void> {
  const stored = (await door()).transaction("taps").objectStore("taps")
  taps.value = (await asked(stored.getAll())) as Waiting[]
}

async function changed(): Promise<void> {
  await reload()
  others.postMessage(0)
}

/** Where the browser can, the worker sends them after this tab is gone. */
async function askForSync(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => undefined)
  await registration?.sync?.register("door").catch(() => undefined)
}

export function followNetwork(live: Live): void {
  onNetwork(live, () => {
    hope()
    void flush()
  })
  void reload()
}
