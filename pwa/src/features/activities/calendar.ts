import { computed, ref, watch } from "vue"
import { cached, cachedBy } from "@/api/cache"
import { get } from "@/api/client"
import * as currentHome from "@/api/currentHome"
import type { components } from "@/api/schema"
import { me, role } from "@/api/session"
import { isoDay } from "@/ui/dates"

type Schemas = components["schemas"]
export type Calendar = Schemas["CalendarOut"]
export type CalendarDay = Schemas["CalendarDay"]
export type SessionCard = Schemas["SessionCard"]
export type Session = Schemas["SessionOut"]
export type Mark = NonNullable<Schemas["MemberPart"]["state"]>

const chosen = ref<number | null>(null)
/** The same answer as the officer's overview, remembered under the same name. */
const overview = cached("overview", () => get("/api/overview/homes"))

// Another person on this phone starts with nothing.
watch(
  () => me.value?.id,
  () => {
    chosen.value = null
  },
)

/** Whose calendars this person may read, in the role they look through. */
export const homes = computed<{ id: number; name: string }[]>(() => {
  if (role.value === "staff") return currentHome.posts.value.map((post) => post.home)
  if (role.value === "officer") return overview.data.value?.items ?? []
  const all = (me.value?.relatives ?? []).flatMap((relative) => relative.home ?? [])
  return all.filter((home, index) => all.findIndex(({ id }) => id === home.id) === index)
})

export const home = computed(() => {
  const wanted = role.value === "staff" ? currentHome.home.value?.id : chosen.value
  return homes.value.find(({ id }) => id === wanted) ?? homes.value[0] ?? null
})

/** An officer's Homes are asked for; the others' are known from the start. */
export const homesError = computed(() => (home.value ? null : overview.error.value))
export const nobody = computed(() => !home.value && (role.value !== "officer" || overview.data.value !== null))
export const renewHomes = async (): Promise<void> => {
  if (role.value === "officer") await overview.refresh()
}

export function chooseHome(id: number): void {
  if (role.value === "staff") currentHome.chooseHome(id)
  else chosen.value = id
}

const ranges = cachedBy("calendar", (key: string) => {
  const [home, from = "", to = ""] = key.split(":")
  return get("/api/calendar", { query: { home: Number(home), from, to } })
})
export const rangeOf = (home: number, from: string, to: string) => ranges(`${home}:${from}:${to}`)

export const sessionOf = cachedBy("session", (id: number) =>
  get("/api/calendar/sessions/{session_id}", { path: { session_id: id } }),
)

const balances = cachedBy("balance", (key: string) => {
  const [member, month = ""] = key.split(":")
  return get("/api/calendar/balance", { query: { member: Number(member), month } })
})
/** Of one member in one month: 2026-11. */
export const balanceOf = (member: number, month: string) => balances(`${member}:${month}`)

/** By the clock: what was asked for an hour ago may be running now. */
export function stateOf({ state, starts_at, ends_at }: SessionCard, now: number): SessionCard["state"] {
  if (state === "cancelled") return state
  return now < Date.parse(starts_at) ? "planned" : now < Date.parse(ends_at) ? "now" : "done"
}

export const onDay = (calendar: Calendar | null, day: string): SessionCard[] =>
  (calendar?.sessions ?? []).filter((session) => isoDay(session.starts_at) === day)
