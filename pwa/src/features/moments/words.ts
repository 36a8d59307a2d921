import { dayName, daysAgo, hhmm } from "@/ui/dates"
import type { Person, Post } from "./moments"
import { shown } from "./moments"

/** As the server calls whoever does not want to be known. */
const NAMELESS = "一位家属"

/** 10:41, 昨天 15:52, 11月3日 09:00 */
export const timeOf = (at: string, now: number): string =>
  daysAgo(at, now) === 0 ? hhmm(at) : `${dayName(at, now)} ${hhmm(at)}`

/** What a screen reader says of a photo. */
export const altOf = (post: Post, index: number): string =>
  `${post.author.title}的照片，第 ${index + 1} 张，共 ${shown(post).length} 张`

/** 小芳、建国 */
export const listed = (names: string[]): string => names.join("、")

/** 志强妈妈，王院长，3 位家属 */
export function namesOf(names: string[]): string {
  const known = names.filter((name) => name !== NAMELESS)
  const others = names.length - known.length
  return [...known, ...(others ? [others === 1 ? NAMELESS : `${others} 位家属`] : [])].join("，")
}

/** 2026-11 → 2026年11月 */
export const monthName = (month: string): string => `${Number(month.slice(0, 4))}年${Number(month.slice(5))}月`

/** Those named in a text whom other families may not know of. A name of one character is in too many words. */
export const namedIn = (text: string, people: Person[]): Person[] =>
  people.filter(
    (person) =>
      !person.allows.includes("home") &&
      [person.name, person.short_name].some((name) => name.length > 1 && text.includes(name)),
  )
