import { type ComputedRef, computed, watch } from "vue"
import type { Cached } from "./cache"
import { ApiError } from "./errors"
import { notices } from "./inbox"
import { useRenewal } from "./renewal"

/** What notices tell of, and how often it is looked at without one. */
const LOOK_AGAIN_MS = { service: 60_000, session: 120_000 }

interface Latest<C, T> {
  latest: ComputedRef<C>
  data: ComputedRef<T | null>
  error: ComputedRef<Cached<T>["error"]["value"]>
  renew: () => Promise<void>
}

const gone = (error: unknown): boolean => error instanceof ApiError && [403, 404].includes(error.status)

/** Renewed by looking, by the network's return, by every notice about it, and when something else is looked at. */
export function useLatest<T>(about: keyof typeof LOOK_AGAIN_MS, source: () => Cached<T>): Latest<Cached<T>, T>
export function useLatest<T>(
  about: keyof typeof LOOK_AGAIN_MS,
  source: () => Cached<T> | null,
): Latest<Cached<T> | null, T>
export function useLatest<T>(about: keyof typeof LOOK_AGAIN_MS, source: () => Cached<T> | null) {
  const latest = computed(source)
  const renew = async () => latest.value?.refresh()
  useRenewal(renew, LOOK_AGAIN_MS[about])
  const news = () => notices.value.find(({ thread, kind }) => thread === about || kind === about)?.seq
  watch([latest, news], () => void renew())
  const error = computed(() => latest.value?.error.value ?? null)
  // What the server no longer shows is not shown from memory.
  const data = computed(() => (gone(error.value) ? null : (latest.value?.data.value ?? null)))
  return { latest, data, error, renew }
}
