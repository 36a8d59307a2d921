import { sentence } from "@/api/errors"
import { hhmm } from "@/ui/dates"
import { toast } from "@/ui/toast"
import type { Tile } from "./board"
import { arrive, clock, depart, undo } from "./door"
import { left, type Mode } from "./words"

/** A tap and its word; 撤销 takes back this very tap and nothing else. */
async function tell(tile: Tile, tap: Promise<string>, words: string): Promise<void> {
  const failed = (error: unknown) => toast(`${tile.name}：${sentence(error)}`)
  try {
    const event = await tap
    const takeBack = () => void undo(tile.id, event).then(() => toast(`${tile.name}：已撤销`), failed)
    toast(`${tile.name} ${words}`, { label: "撤销", run: takeBack })
  } catch (error) {
    failed(error)
  }
}

export const come = (tile: Tile): Promise<void> => tell(tile, arrive(tile.id), `${hhmm(clock.value)} 已到`)

export const go = (tile: Tile, mode: Mode): Promise<void> =>
  tell(tile, depart(tile.id, mode), `${hhmm(clock.value)} 离开，${left(mode)}`)
