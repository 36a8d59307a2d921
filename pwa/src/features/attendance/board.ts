import type { Waiting } from "@/api/tap"
import type { Board, BoardMember, Counts } from "@/api/types"
import { isoDay } from "@/ui/dates"

/** One change of the board, as a live frame or as the answer to one's own tap. */
export interface Change {
  rev: number
  date: string
  member: BoardMember
}

export interface Tile extends BoardMember {
  /** Tapped on this device and not on the server yet. */
  waiting: boolean
}

export interface Shown {
  date: string
  open: boolean
  counts: Counts
  members: Tile[]
  /** Not due today and did not come. */
  others: Tile[]
  /** The list is of an earlier day, because nobody answered since midnight. */
  rolledOver: boolean
}

export interface Present {
  /** The server's time as far as this device knows, ms. */
  now: number
  /** Server clock minus device clock, ms. */
  skew: number
  titleOf: (post: number | undefined) => string
}

/** The board after this change; a change of another day moves only the number. */
export function place(board: Board, { rev, date, member }: Change): Board {
  const next = { ...board, rev: Math.max(board.rev, rev) }
  if (date !== board.date) return next
  const others = board.others.filter((other) => other.id !== member.id)
  const members = board.members.filter((other) => other.id !== member.id)
  ;(member.state ? members : others).push(member)
  return { ...next, members, others }
}

/** Takes in what follows without a gap; the rest waits. Frames may overtake each other and come twice. */
export function settle(board: Board, changes: Change[]): { board: Board; ahead: Change[] } {
  const sorted = changes.filter(({ rev }) => rev > board.rev).sort((one, two) => one.rev - two.rev)
  let settled = board
  while (sorted[0] && sorted[0].rev <= settled.rev + 1) settled = place(settled, sorted.shift() as Change)
  return { board: settled, ahead: sorted }
}

/** What the teacher sees: the server's state, what came early, and on top of it what this device has not sent yet. */
export function show(board: Board, ahead: Change[], taps: Waiting[], present: Present): Shown {
  const today = isoDay(present.now)
  const known = ahead.reduce(place, board)
  const rolledOver = known.date < today
  const day = rolledOver ? rollOver(known, today) : known
  const tiles = new Map([...day.members, ...day.others].map((member) => [member.id, { ...member, waiting: false }]))
  replay(tiles, taps, day.date, present)
  for (const tile of tiles.values()) {
    if (tile.state === "waiting" && isPast(tile.expected_at, present.now)) tile.state = "missing"
  }
  // Hands remember places: a face stays where it was, whatever happens to it.
  const all = [...tiles.values()].sort((one, two) => one.id - two.id)
  const members = all.filter((tile) => tile.state)
  return {
    date: day.date,
    open: day.open,
    counts: count(members),
    members,
    others: all.filter((tile) => !tile.state),
    rolledOver,
  }
}

/** Nobody answered since midnight: the same people, and nobody has come yet. */
function rollOver(board: Board, today: string): Board {
  const ms = Date.parse(today) - Date.parse(board.date)
  const shift = (moment: string | null) => moment && new Date(Date.parse(moment) + ms).toISOString()
  const fresh = (member: BoardMember): BoardMember => ({
    ...member,
    ...{ since: null, by: "", mode: "", event: null, notice: null, reply: "", leave: null },
    state: member.expected_at ? "waiting" : "",
    expected_at: shift(member.expected_at),
    departs_at: shift(member.departs_at),
  })
  const all = [...board.members, ...board.others].map(fresh)
  return { ...board, date: today, members: all.filter(({ state }) => state), others: all.filter(({ state }) => !state) }
}

/** The taps that wait here, as the server will take them: in order, and saying the same again changes nothing. */
function replay(tiles: Map<number, Tile>, taps: Waiting[], date: string, { now, skew, titleOf }: Present): void {
  const before = new Map<string, Tile>()
  for (const tap of taps) {
    const tile = tiles.get(tap.member)
    const at = new Date(Date.parse(tap.occurred_at) + skew).toISOString()
    if (!tile || tap.refused || isoDay(at) !== date) continue
    if (tap.kind === "void") {
      if (tile.event === tap.corrects) tiles.set(tap.member, { ...(before.get(tap.corrects) ?? undone(tile, now)) })
      continue
    }
    const state = tap.kind === "arrived" ? "present" : "departed"
    if (tile.state === state) continue
    before.set(tap.id, tile)
    const told = { notice: null, reply: "", by: titleOf(tap.taken_by), mode: tap.mode ?? "" }
    tiles.set(tap.member, { ...tile, ...told, state, since: at, event: tap.id, waiting: true })
  }
}

/** Before an event that only the server knows: as near as can be told from the tile. */
function undone(tile: Tile, now: number): Tile {
  const plain = { ...tile, since: null, by: "", mode: "", event: null, notice: null, reply: "", waiting: true }
  if (tile.state === "departed") return { ...plain, state: "present" }
  if (tile.leave) return { ...plain, state: "leave" }
  if (!tile.expected_at) return { ...plain, state: "" }
  return { ...plain, state: isPast(tile.expected_at, now) ? "missing" : "waiting" }
}

export function count(members: BoardMember[]): Counts {
  const counts: Counts = { expected: members.length, present: 0, waiting: 0, leave: 0, missing: 0, departed: 0 }
  for (const { state } of members) if (state) counts[state] += 1
  return counts
}

export const isPast = (moment: string | null, now: number): boolean => moment !== null && Date.parse(moment) < now
