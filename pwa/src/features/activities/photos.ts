import { computed } from "vue"
import { cachedBy } from "@/api/cache"
import { get } from "@/api/client"
import { useLatest } from "@/api/latest"
import { role } from "@/api/session"

const photosOf = cachedBy("session-photos", (sessions: string) => get("/api/moments/sessions", { query: { sessions } }))

/** How many photos this person sees of each of these sessions. An officer sees none. */
export function usePhotos(sessions: () => number[]) {
  const wanted = computed(() => (role.value === "officer" ? "" : sessions().join(",")))
  const { data } = useLatest("session", () => (wanted.value ? photosOf(wanted.value) : null))
  return computed(() => data.value && new Map(data.value.map(({ session, photos }) => [session, photos])))
}
