import { computed } from "vue"
import { cached } from "@/api/cache"
import { get } from "@/api/client"
import type { Therapy } from "@/api/therapies"
import { isoDay } from "@/ui/dates"

/** A session that a post may be about. */
export interface About {
  session: number
  therapy: Therapy
  title: string
  running: boolean
}

/** Today's sessions that have begun, the running ones first; and the one that was asked for, whenever it was. */
export function aboutsOf(home: number, session: number | undefined) {
  const day = isoDay(Date.now())
  // The same answer as the calendar's, remembered under the same name.
  const query = { home, from: day, to: day }
  const today = cached(`calendar:${home}:${day}:${day}`, () => get("/api/calendar", { query }))
  const path = { session_id: session ?? 0 }
  const wanted = cached(`session:${session}`, () => get("/api/calendar/sessions/{session_id}", { path }))
  const list = computed<About[]>(() => {
    const now = Date.now()
    const begun = (today.data.value?.sessions ?? []).filter(
      ({ state, starts_at }) => state !== "cancelled" && Date.parse(starts_at) <= now,
    )
    const other = wanted.data.value
    const all = other && begun.every(({ id }) => id !== other.id) ? [...begun, other] : begun
    return all
      .map(({ id, therapy, title, ends_at }) => ({ session: id, therapy, title, running: Date.parse(ends_at) > now }))
      .sort((a, b) => Number(b.running) - Number(a.running))
  })
  return { list, refresh: () => Promise.all([today.refresh(), session ? wanted.refresh() : undefined]) }
}
