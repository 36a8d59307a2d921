import { computed, ref, watch } from "vue"
import { get } from "@/api/client"
import { ApiError } from "@/api/errors"
import { notices } from "@/api/inbox"
import * as place from "@/api/place"
import { useRenewal } from "@/api/renewal"
import type { components } from "@/api/schema"
import { me, role } from "@/api/session"
import { type Known, known } from "@/api/store"
import { isoDay } from "@/ui/dates"

type Schemas = components["schemas"]
export type Calendar = Schemas["CalendarOut"]
export type CalendarDay = Schemas["CalendarDay"]
export type SessionCard = Schemas["SessionCard"]
export type Session = Schemas["SessionOut"]
export type Mark = NonNullable<Schemas["MemberPart"]["state"]>

const LOOK_AGAIN_MS = 120_000
const ranges = new Map<string, Known<Calendar>>()
const balances = new Map<string, Known<Schemas["BalanceOut"]>>()
const sessions = new Map<number, Known<Session>>()
const chosen = ref<number | null>(null)
/** The same answer as the officer's overview, remembered under the same name. */
const overview = known("overview", () => get("/api/overview/homes"))

// Another person on this phone starts with nothing.
watch(
  () => me.value?.id,
  () => {
    ranges.clear()
    sessions.clear()
    balances.clear()
    chosen.value = null
  },
)

/** Whose calendars this person may read, in the role he looks through. */
export const homes = computed<{ id: number; name: string }[]>(() => {
  if (role.value === "staff") return place.posts.value.map((post) => post.home)
  if (role.value === "officer") return overview.data.value?.items ?? []
  const all = (me.value?.relatives ?? []).flatMap((relative) => relative.home ?? [])
  return all.filter((home, index) => all.findIndex(({ id }) => id === home.id) === index)
})

export const home = computed(() => {
  const wanted = role.value === "staff" ? place.home.value?.id : chosen.value
  return homes.value.find(({ id }) => id === wanted) ?? homes.value[0] ?? null
})

/** An officer's Homes are asked for; the others' are known from the start. */
export const homesError = computed(() => (home.value ? null : overview.error.value))
export const nobody = computed(() => !home.value && (role.value !== "officer" || overview.data.value !== null))
export const renewHomes = async (): Promise<void> => {
  if (role.value === "officer") await overview.refresh()
}

export function chooseHome(id: number): void {
  if (role.value === "staff") place.chooseHome(id)
  else chosen.value = id
}

export function rangeOf(home: number, from: string, to: string): Known<Calendar> {
  const key = `calendar:${home}:${from}:${to}`
  const range = ranges.get(key) ?? known(key, () => get("/api/calendar", { query: { home, from, to } }))
  ranges.set(key, range)
  return range
}

export function sessionOf(id: number): Known<Session> {
  const path = { session_id: id }
  const session = sessions.get(id) ?? known(`session:${id}`, () => get("/api/calendar/sessions/{session_id}", { path }))
  sessions.set(id, session)
  return session
}

/** Of one member in one month: 2026-11. */
export function balanceOf(member: number, month: string): Known<Schemas["BalanceOut"]> {
  const key = `balance:${member}:${month}`
  const query = { member, month }
  const balance = balances.get(key) ?? known(key, () => get("/api/calendar/balance", { query }))
  balances.set(key, balance)
  return balance
}

/** Renewed by looking, by the network's return, by every notice about a session, and when something else is looked at. */
export function useLatest<T>(source: () => Known<T> | null) {
  const latest = computed(source)
  const renew = async () => latest.value?.refresh()
  useRenewal(renew, LOOK_AGAIN_MS)
  const news = () => notices.value.find((notice) => notice.kind === "session")?.seq
  watch([latest, news], () => void renew())
  // What the server no longer shows is not shown from memory.
  const data = computed(() => (gone(latest.value?.error.value) ? null : (latest.value?.data.value ?? null)))
  const error = computed(() => latest.value?.error.value ?? null)
  return { latest, data, error, renew }
}

const gone = (error: unknown): boolean => error instanceof ApiError && [403, 404].includes(error.status)

/** By the clock: what was asked for an hour ago may be running now. */
export function stateOf({ state, starts_at, ends_at }: SessionCard, now: number): SessionCard["state"] {
  if (state === "cancelled") return state
  return now < Date.parse(starts_at) ? "planned" : now < Date.parse(ends_at) ? "now" : "done"
}

export const onDay = (calendar: Calendar | null, day: string): SessionCard[] =>
  (calendar?.sessions ?? []).filter((session) => isoDay(session.starts_at) === day)
