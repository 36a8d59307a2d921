import { computed, shallowRef } from "vue"
import { cachedBy } from "@/api/cache"
import { get, post } from "@/api/client"
import { home, own } from "@/api/currentHome"
import { me } from "@/api/session"

/** Who stands at the door of this tablet. Every tap carries it. */
export interface Keeper {
  id: number
  title: string
}

export interface Colleague extends Keeper {
  role: string
  has_pin: boolean
}

interface Choice extends Keeper {
  home: number
  /** Who was signed in when it was made: another person's choice is not mine. */
  user: number
}

const KEY = "door-keeper"
const choice = shallowRef<Choice | null>(JSON.parse(localStorage.getItem(KEY) ?? "null") as Choice | null)

export const atDoor = computed<Keeper | null>(() => {
  const chosen = choice.value
  const holds = chosen !== null && chosen.home === home.value?.id && chosen.user === me.value?.id
  return holds ? chosen : own.value
})

export const colleagues = cachedBy("posts", (id: number) =>
  get("/api/homes/{home_id}/posts", { path: { home_id: id } }),
)

/** One's own post without a PIN needs none: the sign-in says who it is. */
export const needsPin = (colleague: Colleague): boolean => colleague.has_pin || colleague.id !== own.value?.id

/** Throws the server's refusal. */
export async function takeOver(colleague: Colleague, pin: string): Promise<void> {
  const here = home.value
  const person = me.value
  if (!here || !person) return
  if (needsPin(colleague))
    await post("/api/homes/{home_id}/door", { path: { home_id: here.id }, body: { post: colleague.id, pin } })
  choice.value = { id: colleague.id, title: colleague.title, home: here.id, user: person.id }
  localStorage.setItem(KEY, JSON.stringify(choice.value))
}
