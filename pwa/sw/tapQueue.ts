import type { Upload, Waiting } from "../src/api/tap"
import { post } from "./push"

/**
 * Background Sync: the tab is gone, the taps are not. The page's own flusher (src/api/tapQueue.ts) has all the rules;
 * this one only sends, in order and under the same lock, for as long as the server says yes.
 */
export async function sendWaiting(): Promise<void> {
  await navigator.locks.request("yizhan-door", async () => {
    const opening = indexedDB.open("yizhan-door")
    // Only the page makes the tables.
    opening.onupgradeneeded = () => opening.transaction?.abort()
    const db = await asked(opening)
    try {
      await sendAll(db)
    } finally {
      db.close()
      new BroadcastChannel("yizhan-door").postMessage(0)
    }
  })
}

async function sendAll(db: IDBDatabase): Promise<void> {
  const read = db.transaction(["taps", "about"])
  const taps: Waiting[] = await asked(read.objectStore("taps").getAll())
  const allowed: { homes: number[] } | undefined = await asked(read.objectStore("about").get("homes"))
  for (const tap of taps) {
    if (tap.refused || !allowed?.homes.includes(tap.home)) continue
    const answer = await post("/api/attendance/events", upload(tap))
    const said: { id?: unknown } | null = await answer.json().catch(() => null)
    // Anything but a yes to this very tap: a page with a person in front decides.
    if (!answer.ok || said?.id !== tap.id) throw new Error(`not taken: ${answer.status}`)
    await asked(db.transaction("taps", "readwrite").objectStore("taps").delete(tap.n))
  }
}

function upload({ n: _n, home: _home, refused: _refused, ...event }: Waiting): Upload {
  return { ...event, sent_at: new Date().toISOString() }
}

function asked<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
