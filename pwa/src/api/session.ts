import { computed, ref, shallowRef } from "vue"
import { get } from "./client"
import { recall, remember } from "./db"
import { ApiError } from "./errors"
import type { Me } from "./types"

export type Role = "relative" | "staff" | "officer" | "volunteer"

const ROLE_KEY = "role"
const ME_KEY = "me"
/** So long an open page waits for the network before it shows what was known last. */
const SLOW_MS = 400
/** The CSRF cookie comes with the first sign-in and outlives it; the session's own cookie is not for scripts to see. */
const KNOWN_BROWSER = /(?:^|;\s*)csrftoken=/

/** Who is signed in here. `null` while unknown or signed out. */
export const me = shallowRef<Me | null>(null)
export const signedIn = ref<boolean | null>(null)
const chosen = ref<Role | null>((localStorage.getItem(ROLE_KEY) as Role | null) ?? null)

/** Roles are rows; what a person may look through is what rows they have. Whoever has no other may still volunteer. */
export const roles = computed<Role[]>(() => {
  const person = me.value
  if (!person) return []
  const held: Role[] = []
  if (person.posts.length) held.push("staff")
  if (person.relatives.length) held.push("relative")
  if (person.officer.length) held.push("officer")
  if (!held.length || person.organisations.length || person.volunteer) held.push("volunteer")
  return held
})

export const role = computed<Role>(() => {
  const wanted = chosen.value
  return wanted && roles.value.includes(wanted) ? wanted : (roles.value[0] ?? "volunteer")
})

export function chooseRole(next: Role): void {
  chosen.value = next
  localStorage.setItem(ROLE_KEY, next)
}

/** Asks who is signed in; without an answer, or with a slow one, the last known person stays, so that the app opens. */
export async function loadMe(): Promise<void> {
  // Whoever never was here need not wait for a refusal.
  if (!KNOWN_BROWSER.test(document.cookie) && !(await recall(ME_KEY))) return set(null)
  const answer = ask()
  if (me.value) return answer
  const slow = new Promise<void>((done) => setTimeout(done, SLOW_MS))
  return Promise.race([answer, slow.then(async () => ((await openAsLast()) ? undefined : answer))])
}

async function ask(): Promise<void> {
  try {
    set(await get("/api/me"))
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return set(null)
    if (!(await openAsLast())) throw error
  }
}

async function openAsLast(): Promise<boolean> {
  if (me.value) return true
  const last = await recall<Me>(ME_KEY)
  if (!last || me.value) return me.value !== null
  me.value = last.value
  signedIn.value = true
  return true
}

export function set(person: Me | null): void {
  me.value = person
  signedIn.value = person !== null
  if (person) void remember(ME_KEY, person)
}

export function forgetRole(): void {
  chosen.value = null
  localStorage.removeItem(ROLE_KEY)
}
