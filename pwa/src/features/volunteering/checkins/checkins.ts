import { shallowRef } from "vue"
import { post } from "@/api/client"
import { recall, remember } from "@/api/db"
import { ApiError } from "@/api/errors"
import { asked, committed, database } from "@/api/idb"
import { type Errand, RetryQueue } from "@/api/retryQueue"
import type { components } from "@/api/schema"
import { me } from "@/api/session"
import { uuid7 } from "@/api/uuid7"
import { current, toast } from "@/ui/toast"

export type Kind = "in" | "out"
export type CheckedIn = components["schemas"]["CheckInOut"]

/** A code scanned when nobody answered. It holds no name, and goes up only under the person who scanned it. */
export interface OfflineCheckIn {
  id: string
  user: number
  event: string
  kind: Kind
  code: string
  scanned_at: number
  /** The server's sentence, when it will never take this one. */
  refused?: string
}

/** Mine that are still here, oldest first. */
export const offline = shallowRef<OfflineCheckIn[]>([])
/** What the server said to the last one. */
let said = ""

const NAME = "yizhan-service"
const store = database(NAME, 1, (db) => {
  db.createObjectStore("claims", { keyPath: "id" })
})
const writing = async () => (await store()).transaction("claims", "readwrite", { durability: "strict" })

const waiting = () => offline.value.filter(({ user, refused }) => !refused && user === me.value?.id)

const queue = new RetryQueue({
  name: NAME,
  reload,
  next,
  count: () => waiting().length,
  farewell: (count) => `还有 ${count} 次签到、签退没有上传。它们留在这台设备里，您下次在这里登录时自动上传。`,
  isLost: false,
})

export const flush = () => queue.flush()
/** Runs while somebody is signed in, whatever page is open. */
export const startQueue = () => queue.wake()

async function reload(): Promise<void> {
  const all = (await store()).transaction("claims").objectStore("claims").getAll()
  offline.value = ((await asked(all)) as OfflineCheckIn[]).filter(({ user }) => user === me.value?.id)
}

function next(): Errand | undefined {
  const [one] = waiting()
  return one && { key: one.id, send: () => sendKept(one), park: ({ message }) => keep({ ...one, refused: message }) }
}

async function sendKept(one: OfflineCheckIn): Promise<void> {
  const { message } = await send(one, true)
  await drop(one.id)
  // In and out often go up together: each is still to be read.
  said = (current.value?.text === said ? said : "") + message
  toast(said)
}

async function keep(one: OfflineCheckIn): Promise<undefined> {
  const write = await writing()
  write.objectStore("claims").put(one)
  await committed(write)
  await queue.changed()
}

export async function drop(id: string): Promise<void> {
  const write = await writing()
  write.objectStore("claims").delete(id)
  await committed(write)
  await queue.changed()
}

const send = ({ event, id, kind, code }: OfflineCheckIn, offline: boolean) =>
  post("/api/service-events/{event_id}/check-ins", { path: { event_id: event }, body: { id, kind, code, offline } })

/** 12.59403840.MAC, alone or at the end of an address: the event is its first part. */
export function eventIn(code: string): string | null {
  return /([0-9a-f]{8}-[0-9a-f-]{27})\.\d{1,9}\.[\w-]{16}$/.exec(code)?.[1] ?? null
}

/** Null: nobody answered; it is kept here and goes up later. */
export async function checkIn(event: string, kind: Kind, code: string): Promise<CheckedIn | null> {
  const one = { id: uuid7(), user: me.value?.id ?? 0, event, kind, code, scanned_at: Date.now() }
  try {
    const done = await send(one, false)
    await remember(`here:${event}`, done.kind)
    return done
  } catch (error) {
    if (error instanceof ApiError && error.status < 500) throw error
    await keep(one)
    await remember(`here:${event}`, kind)
    queue.wake()
    return null
  }
}

/** What one would tap next: who is in goes out. */
export const nextKind = async (event: string): Promise<Kind> =>
  (await recall<Kind>(`here:${event}`))?.value === "in" ? "out" : "in"
