import { memory, recall, remember } from "./db"
import { asked, committed } from "./idb"
import type { Me } from "./types"

const RIGHTS_KEY = "rights"
const isPage = (key: string) => key.includes(":")

/** Of pages that this person may no longer open, or not as they were. */
export async function forgetStates(which: (key: string) => boolean): Promise<void> {
  try {
    const states = (await memory()).transaction("states", "readwrite")
    const keys = (await asked(states.objectStore("states").getAllKeys())) as string[]
    for (const key of keys.filter(which)) states.objectStore("states").delete(key)
    await committed(states)
  } catch {
    // Nothing was remembered here.
  }
}

/** What somebody may look at has changed: what this phone remembers of pages may no longer be theirs. */
export async function forgetUnlessSame({ relatives, posts, officer, organisations }: Me): Promise<void> {
  const rights = JSON.stringify([relatives, posts, officer, organisations])
  const last = await recall<string>(RIGHTS_KEY)
  if (last?.value === rights) return
  if (last) await forgetStates(isPage)
  await remember(RIGHTS_KEY, rights)
}
