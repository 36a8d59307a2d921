import { computed, watch } from "vue"
import { ApiError } from "@/api/errors"
import { notices } from "@/api/inbox"
import { useRenewal } from "@/api/renewal"
import { me } from "@/api/session"
import { type Known, known } from "@/api/store"

const LOOK_AGAIN_MS = 60_000

/** One remembered answer a key; another person on this phone starts with nothing. `plain` is what of it may lie on the disk. */
export function shelf<K extends string | number, T>(
  name: string,
  fetch: (key: K) => Promise<T>,
  plain?: (value: T) => T,
): (key: K) => Known<T> {
  const kept = new Map<K, Known<T>>()
  watch(
    () => me.value?.id,
    () => kept.clear(),
  )
  return (key) => {
    const one = kept.get(key) ?? known(`${name}:${key}`, () => fetch(key), plain)
    kept.set(key, one)
    return one
  }
}

/** Renewed by looking, by the network's return, by every notice about service, and when something else is looked at. */
export function useLatest<T>(source: () => Known<T>) {
  const latest = computed(source)
  const renew = () => latest.value.refresh()
  useRenewal(renew, LOOK_AGAIN_MS)
  const news = () => notices.value.find(({ thread }) => thread === "service")?.seq
  watch([latest, news], () => void renew())
  const error = computed(() => latest.value.error.value)
  // What the server no longer shows is not shown from memory.
  const data = computed(() => (gone(error.value) ? null : latest.value.data.value))
  return { latest, data, error, renew }
}

const gone = (error: unknown): boolean => error instanceof ApiError && [403, 404].includes(error.status)
