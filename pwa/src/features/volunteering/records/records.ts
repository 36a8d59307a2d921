import { cachedBy } from "@/api/cache"
import { del, get, post } from "@/api/client"
import type { components } from "@/api/schema"
import { uuid7 } from "@/api/uuid7"
import { hhmm, isoDay } from "@/ui/dates"
import { momentOf } from "@/ui/lazy/times"
import { recordsOf } from "../signups/signups"
import { minutesOf } from "../words"

type Schemas = components["schemas"]
export type Entry = Schemas["RecordOut"]
export type EventEntry = Schemas["EventRecord"]
export type Entire = Schemas["RecordPage"]
export type Asked = Schemas["AskedCorrection"]
export type Open = Schemas["OpenCorrection"]
export type Tap = Schemas["TapOut"]
export type Pair = Schemas["Pair"]
type Year = Schemas["MyRecords"]

/** All of a year, the newest first. */
export const yearOf = cachedBy("service-year", async (year: number): Promise<Year> => {
  const whole = await get("/api/service-records", { query: { year, limit: 200 } })
  while (whole.next) {
    const more = await get("/api/service-records", { query: { year, limit: 200, after: whole.next } })
    whole.items.push(...more.items)
    whole.next = more.next
  }
  whole.items.sort((a, b) => b.starts_at.localeCompare(a.starts_at))
  return whole
})
export const recordOf = cachedBy("service-record", (id: number) =>
  get("/api/service-records/{record_id}", { path: { record_id: id } }),
)
export const ofEvent = cachedBy("event-records", (event: string) =>
  get("/api/service-events/{event_id}/service-records", { path: { event_id: event } }),
)
export const correctionsOf = cachedBy("corrections", (home: number) =>
  get("/api/homes/{home_id}/corrections", { path: { home_id: home } }),
)

export interface Asking {
  pairs: Pair[]
  reason: string
}

export async function ask(record: Entire, asking: Asking, id: string): Promise<void> {
  await post("/api/service-records/{record_id}/corrections", {
    path: { record_id: record.id },
    body: { id, ...asking },
  })
  await changed(record)
}

export async function withdraw(record: Entire, { id }: Asked): Promise<void> {
  await del("/api/service-records/corrections/{correction_id}", { path: { correction_id: id } })
  await changed(record)
}

/** Answers how it stands now: another manager may have been quicker. */
export async function answer(home: number, { id }: Open, accept: boolean, why: string): Promise<Asked["state"]> {
  const path = { correction_id: id }
  const { state } = await post("/api/service-records/corrections/{correction_id}/answer", {
    path,
    body: { accept, answer: why },
  })
  await correctionsOf(home).refresh()
  return state
}

export async function honour(record: Entire, title: string, given_on: string): Promise<void> {
  const path = { record_id: record.id }
  await post("/api/service-records/{record_id}/honours", { path, body: { title, given_on } })
  await changed(record)
}

export async function takeBack(record: Entire, honour: number): Promise<void> {
  await del("/api/service-records/honours/{honour_id}", { path: { honour_id: honour } })
  await changed(record)
}

async function changed(record: Entire): Promise<void> {
  const year = Number(record.date.slice(0, 4))
  await Promise.all([recordOf(record.id).refresh(), ...(record.mine ? [recordsOf(year).refresh()] : [])])
}

export const newId = uuid7

// -- in words ---------------------------------------------------------------------------------------
export const counts = ({ minutes }: Pick<Entry, "minutes">): string => (minutes ? minutesOf(minutes) : "不计时长")

/** 09:02–11:28, 14:00– */
export function spansOf(taps: Tap[]): string[] {
  const spans: string[] = []
  let came = ""
  for (const { kind, at } of taps) {
    if (kind === "in") came ||= `${hhmm(at)}–`
    else if (came) {
      spans.push(`${came}${hhmm(at)}`)
      came = ""
    }
  }
  return came ? [...spans, `${came}没有签退`] : spans
}

export const pairsInWords = (pairs: Pair[]): string[] => pairs.map(({ start, end }) => `${hhmm(start)}–${hhmm(end)}`)

/** What stands in the fields for one coming and going. */
export interface Clocks {
  from: string
  to: string
}

/** As it was tapped, to be mended; where nothing was tapped, the whole shift. */
export function clocksOf(record: Entire): Clocks[] {
  const found: Clocks[] = []
  for (const { kind, at } of record.taps) {
    const last = found.at(-1)
    if (kind === "in" && (!last || last.to)) found.push({ from: hhmm(at), to: "" })
    else if (kind === "out" && last && !last.to) last.to = hhmm(at)
  }
  return found.length ? found : [{ from: hhmm(record.starts_at), to: hhmm(record.ends_at) }]
}

/** Null while something is missing. A visit may last beyond midnight. */
export function pairsOf(clocks: Clocks[], { earliest, latest }: Entire): Pair[] | null {
  if (clocks.some(({ from, to }) => !from || !to)) return null
  const moment = (clock: string) => {
    const first = momentOf(isoDay(earliest), clock)
    return Date.parse(first) < Date.parse(earliest) ? momentOf(isoDay(latest), clock) : first
  }
  return clocks.map(({ from, to }) => ({ start: moment(from), end: moment(to) }))
}

export const STATES: Record<Asked["state"], string> = {
  waiting: "等家园答复",
  accepted: "同意了，已经改好",
  refused: "没有同意",
  withdrawn: "撤回了",
}
