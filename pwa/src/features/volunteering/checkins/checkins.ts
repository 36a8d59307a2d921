import { shallowRef } from "vue"
import { post } from "@/api/client"
import { recall, remember } from "@/api/db"
import { ApiError } from "@/api/errors"
import { asked, committed, database } from "@/api/idb"
import type { components } from "@/api/schema"
import { me } from "@/api/session"
import { uuid7 } from "@/api/uuid7"

export type Kind = "in" | "out"
export type CheckedIn = components["schemas"]["CheckInOut"]

/** A code scanned when nobody answered. It holds no name, and goes up only under the person who scanned it. */
export interface Claim {
  id: string
  user: number
  event: string
  kind: Kind
  code: string
  scanned_at: number
  /** The server's sentence, when it will never take this one. */
  refused?: string
}

const store = database("yizhan-service", 1, (db) => {
  db.createObjectStore("claims", { keyPath: "id" })
})
/** Asking again would be answered the same. */
const NEVER = new Set([400, 404, 409, 410, 422])
/** Mine that wait, oldest first. */
export const claims = shallowRef<Claim[]>([])

export async function readClaims(): Promise<Claim[]> {
  const all = (await asked((await store()).transaction("claims").objectStore("claims").getAll())) as Claim[]
  claims.value = all.filter(({ user }) => user === me.value?.id)
  return claims.value
}

async function keep(claim: Claim): Promise<void> {
  const write = (await store()).transaction("claims", "readwrite")
  write.objectStore("claims").put(claim)
  await committed(write)
  await readClaims()
}

export async function drop(id: string): Promise<void> {
  const write = (await store()).transaction("claims", "readwrite")
  write.objectStore("claims").delete(id)
  await committed(write)
  await readClaims()
}

const send = ({ event, id, kind, code }: Claim, offline: boolean) =>
  post("/api/service-events/{event_id}/check-ins", { path: { event_id: event }, body: { id, kind, code, offline } })

/** 12.59403840.MAC, alone or at the end of an address: the event is its first part. */
export function eventIn(code: string): string | null {
  return /([0-9a-f]{8}-[0-9a-f-]{27})\.\d{1,9}\.[\w-]{16}$/.exec(code)?.[1] ?? null
}

/** Null: nobody answered; it is kept here and goes up later. */
export async function checkIn(event: string, kind: Kind, code: string): Promise<CheckedIn | null> {
  const claim: Claim = { id: uuid7(), user: me.value?.id ?? 0, event, kind, code, scanned_at: Date.now() }
  try {
    const done = await send(claim, false)
    await remember(`here:${event}`, done.kind)
    return done
  } catch (error) {
    if (error instanceof ApiError && !(error.status === 503 || error.status >= 500)) throw error
    await keep(claim)
    await remember(`here:${event}`, kind)
    return null
  }
}

/** What one would tap next: who is in goes out. */
export const nextKind = async (event: string): Promise<Kind> =>
  (await recall<Kind>(`here:${event}`))?.value === "in" ? "out" : "in"

/** Sends what waits, in order; answers what the server said to each. */
export async function sendClaims(): Promise<string[]> {
  const said: string[] = []
  for (const claim of await readClaims()) {
    if (claim.refused) continue
    try {
      said.push((await send(claim, true)).message)
      await drop(claim.id)
    } catch (error) {
      if (!(error instanceof ApiError && NEVER.has(error.status))) return said
      await keep({ ...claim, refused: error.message })
    }
  }
  return said
}
