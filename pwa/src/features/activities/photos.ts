import { computed, watch } from "vue"
import { get } from "@/api/client"
import type { components } from "@/api/schema"
import { me, role } from "@/api/session"
import { type Known, known } from "@/api/store"
import { useLatest } from "./calendar"

type Counts = components["schemas"]["SessionPhotos"][]

const counts = new Map<string, Known<Counts>>()

// Another person on this phone starts with nothing.
watch(
  () => me.value?.id,
  () => counts.clear(),
)

function photosOf(sessions: string): Known<Counts> {
  const key = `session-photos:${sessions}`
  const found = counts.get(key) ?? known(key, () => get("/api/moments/sessions", { query: { sessions } }))
  counts.set(key, found)
  return found
}

/** How many photos this person sees of each of these sessions. An officer sees none. */
export function usePhotos(sessions: () => number[]) {
  const wanted = computed(() => (role.value === "officer" ? "" : sessions().join(",")))
  const { data } = useLatest(() => (wanted.value ? photosOf(wanted.value) : null))
  return computed(() => data.value && new Map(data.value.map(({ session, photos }) => [session, photos])))
}
