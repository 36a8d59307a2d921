import { shallowRef } from "vue"
import { get, refusal, send } from "./client"
import { type ApiError, OfflineError } from "./errors"
import { asked, committed, database } from "./idb"
import { type Errand, RetryQueue } from "./retryQueue"
import { set } from "./session"
import type { Tap, Upload, Waiting } from "./tap"
import { uuid7 } from "./uuid7"

export type Sent = (tap: Waiting, answer: unknown) => void

const EVENTS = "/api/attendance/events"
/** Also the name of its lock: the worker, too, takes it before it sends (sw/tapQueue.ts). */
const NAME = "yizhan-door"

/** The worker opens the same tables (sw/tapQueue.ts). */
export const door = database(NAME, 1, (db) => {
  db.createObjectStore("taps", { keyPath: "n", autoIncrement: true })
  db.createObjectStore("about", { keyPath: "key" })
})

/** Everything that is still here, oldest first, the refused ones included. */
export const taps = shallowRef<Waiting[]>([])

const sentTo = new Set<Sent>()
let homes: number[] = []

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
  await queue.changed()
  void askForSync()
  void flush().catch(() => undefined)
  return { ...row, n }
}

/** Which Homes' taps may go up now: those whose staff is signed in here. None = everything waits. */
export async function allow(mine: number[]): Promise<void> {
  await keepHomes(mine)
  queue.wake()
  await flush()
}

async function keepHomes(mine: number[]): Promise<void> {
  homes = mine
  const write = (await door()).transaction("about", "readwrite")
  write.objectStore("about").put({ key: "homes", homes: mine })
  await committed(write)
}

function next(): Errand | undefined {
  const tap = taps.value.find((one) => !one.refused && homes.includes(one.home))
  return tap && { key: tap.id, send: () => sendOne(tap), park: (refused) => park(tap, refused) }
}

const queue = new RetryQueue({
  name: NAME,
  reload,
  next,
  count: () => taps.value.length,
  farewell: (count) => `还有 ${count} 条未上传。它们留在这台设备里，下次家园的老师在这里登录时自动上传。`,
  isLost: false,
})

/** Sends what waits, strictly in order, one flusher at a time over all tabs. */
export const flush = () => queue.flush()

/** A hotel's sign-in page also answers 200: only an answer that names this tap counts. */
async function sendOne(tap: Waiting): Promise<void> {
  const response = await send("POST", EVENTS, { body: upload(tap) })
  if (!response.ok) throw await refusal(response)
  const answer = (await response.json().catch(() => null)) as { id?: unknown } | null
  if (answer?.id !== tap.id) throw new OfflineError()
  await remove(tap.n)
  for (const tell of sentTo) tell(tap, answer)
}

async function park(tap: Waiting, { ours, status, code, message }: ApiError): Promise<boolean> {
  if (ours && status === 404) {
    // The post may have ended while nobody answered: then what is left waits for the colleagues.
    const mine = await askHomes()
    if (!mine?.includes(tap.home)) return mine !== null
  }
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
  queue.forgive(tap.id)
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
  await queue.changed()
}

async function put(tap: Waiting): Promise<void> {
  const write = (await door()).transaction("taps", "readwrite")
  write.objectStore("taps").put(tap)
  await committed(write)
  await queue.changed()
}

export async function reload(): Promise<void> {
  const stored = (await door()).transaction("taps").objectStore("taps")
  taps.value = (await asked(stored.getAll())) as Waiting[]
}

/** Where the browser can, the worker sends them after this tab is gone. */
async function askForSync(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => undefined)
  await registration?.sync?.register("door").catch(() => undefined)
}
