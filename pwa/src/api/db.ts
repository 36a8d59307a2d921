import { asked, committed, database } from "./idb"

/** What this phone remembers of one signed-in person. All of it goes at sign-out. */
export const memory = database("yizhan", 1, (db) => {
  db.createObjectStore("states", { keyPath: "key" })
  db.createObjectStore("notices", { keyPath: "seq" })
})

export async function forgetEverything(): Promise<void> {
  const all = (await memory()).transaction(["states", "notices"], "readwrite")
  all.objectStore("states").clear()
  all.objectStore("notices").clear()
  await committed(all)
}

export async function recall<T>(key: string): Promise<{ value: T; at: number } | null> {
  try {
    const states = (await memory()).transaction("states").objectStore("states")
    const row = (await asked(states.get(key))) as { value: T; at: number } | undefined
    return row ? { value: row.value, at: row.at } : null
  } catch {
    return null // Private windows may have no IndexedDB: then nothing is remembered.
  }
}

export async function remember(key: string, value: unknown, at = Date.now()): Promise<void> {
  try {
    const states = (await memory()).transaction("states", "readwrite")
    states.objectStore("states").put({ key, value: JSON.parse(JSON.stringify(value)), at })
    await committed(states)
  } catch {
    // Remembering is a courtesy; a full disk must not break the page.
  }
}
