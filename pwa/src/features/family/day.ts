import { computed, onUnmounted, watch } from "vue"
import { type Cached, cachedBy } from "@/api/cache"
import { del, get, post } from "@/api/client"
import { ApiError } from "@/api/errors"
import { notices } from "@/api/inbox"
import { useRenewal } from "@/api/renewal"
import { loadMe, me } from "@/api/session"
import type { DayCard, RelativeOf } from "@/api/types"
import { uuid7 } from "@/api/uuid7"
import { isoDay } from "@/ui/dates"
import { useNow } from "@/ui/now"

const LOOK_AGAIN_MS = 120_000

export const dayOf = cachedBy("day", (member: number) =>
  get("/api/members/{member_id}/day", { path: { member_id: member } }),
)

/** News may have come while an answer was already under way: that one is waited for, then asked again. */
async function askAfterNews(day: Cached<DayCard>): Promise<void> {
  if (day.busy.value) await day.refresh()
  await day.refresh()
}

/** One member's day on a page: renewed by every notice about them, by looking, by the network's return. */
export function useDay(relative: () => RelativeOf) {
  const day = computed(() => dayOf(relative().member.id))
  const news = computed(() => {
    const mine = `member:${relative().member.id}:`
    return notices.value.find((notice) => notice.thread.startsWith(mine))?.seq
  })
  // Nobody writes when somebody is merely late, or when a new day begins: then the card looks for itself.
  useRenewal(() => day.value.refresh(), LOOK_AGAIN_MS)
  const now = useNow()
  const stops = [
    watch(news, (now, before) => now !== before && void askAfterNews(day.value)),
    watch(day, (next) => void next.refresh()),
    watch(
      () => isoDay(now.value),
      () => void day.value.refresh(),
    ),
    // The Home no longer lets me see them: ask again who I am.
    watch(
      () => gone(day.value),
      (now) => now && void loadMe().catch(() => undefined),
    ),
  ]
  onUnmounted(() => {
    for (const stop of stops) stop()
  })
  return day
}

export const gone = (day: Cached<DayCard>): boolean =>
  day.error.value instanceof ApiError && [404, 403].includes(day.error.value.status)

/** The whole family at once, for pulling down and for the line that tells how old it is. */
export async function renewFamily(): Promise<void> {
  await Promise.all((me.value?.relatives ?? []).map((relative) => dayOf(relative.member.id).refresh()))
}

export const familyAt = () => {
  const ages = (me.value?.relatives ?? []).map((relative) => dayOf(relative.member.id).at.value)
  return ages.length && ages.every((at) => at !== null) ? Math.min(...ages.map(Number)) : null
}

/** The same tap keeps its id until it went through, so that a second try is not a second leave. */
let asking: { member: number; id: string } | null = null

export async function askLeave(member: number): Promise<void> {
  if (asking?.member !== member) asking = { member, id: uuid7() }
  const leave = await post("/api/attendance/leaves", { body: { id: asking.id, member } })
  asking = null
  dayOf(member).change((day) => ({ ...day, state: "leave", leave: leave.id }))
  void askAfterNews(dayOf(member))
}

export async function withdrawLeave(member: number, leave: string): Promise<void> {
  await del("/api/attendance/leaves/{leave_id}", { path: { leave_id: leave } })
  dayOf(member).change((day) => ({ ...day, state: day.state === "leave" ? "waiting" : day.state, leave: null }))
  void askAfterNews(dayOf(member))
}
