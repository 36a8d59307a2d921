import { refusal, send } from "@/api/client"
import { loadMe, me, set } from "@/api/session"

const AUTH = "/_allauth/browser/v1/auth"

/** Asks for a code by SMS. "Pending" is the library's 401: that is the yes. */
export async function requestCode(phone: string): Promise<void> {
  const answer = await send("POST", `${AUTH}/code/request`, { body: { phone } })
  if (!answer.ok && answer.status !== 401) throw await refusal(answer)
}

export async function confirmCode(code: string): Promise<void> {
  const answer = await send("POST", `${AUTH}/code/confirm`, { body: { code } })
  if (!answer.ok) throw await refusal(answer)
  await loadMe()
}

/** The server first: a phone that only looked signed out would be worse than one that says it could not. */
export async function signOut(): Promise<void> {
  const answer = await send("DELETE", `${AUTH}/session`)
  if (answer.status !== 401 && !answer.ok) throw await refusal(answer)
  const { dropHere } = await import("./push")
  await dropHere()
  set(null)
}

/** Where a person goes after signing in: only ever to a page of this app. */
export function safeNext(next: unknown): string {
  return typeof next === "string" && /^\/(?![/\\])/.test(next) && !next.startsWith("/sign-in") ? next : "/"
}

/** 志强的妈妈, 陆老师 · 阳光家园: who somebody is here, in one line. */
export function standing(): string {
  const person = me.value
  if (!person) return ""
  const relatives = person.relatives.map((each) => `${each.member.short_name}的${each.relation}`)
  const posts = person.posts.map((each) => `${each.home.name}${each.role === "manager" ? "院长" : "老师"}`)
  const groups = person.organisations.map((each) => each.name)
  return [...posts, ...relatives, ...person.officer.map((each) => `${each.area}残联`), ...groups].join(" · ")
}
