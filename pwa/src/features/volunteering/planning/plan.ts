import { hhmm, isoDay } from "@/ui/dates"
import { emptyTimes, type Fields, momentOf, momentsOf } from "@/ui/lazy/times"
import type { Event } from "../events/events"
import type { Plan } from "./planning"

export interface ShiftForm {
  id: number | null
  title: string
  capacity: number
  skill: string
  credential: string
  minimum_age: string
  /** Blank: as long as the event. */
  from: string
  to: string
}

export interface PlanForm {
  title: string
  kind: string
  therapy: string
  place: string
  times: Fields
  text: string
  bring: string
  minimum: number
  audience: string
  cover: string
  shifts: ShiftForm[]
}

export const newShift = (): ShiftForm => ({
  id: null,
  title: "",
  capacity: 5,
  skill: "",
  credential: "",
  minimum_age: "0",
  from: "",
  to: "",
})

export const emptyPlan = (): PlanForm => ({
  title: "",
  kind: "company",
  therapy: "",
  place: "",
  times: emptyTimes(),
  text: "",
  bring: "不拍照；叫名字不叫病",
  minimum: 1,
  audience: "open",
  cover: "",
  shifts: [{ ...newShift(), title: "陪伴" }],
})

export function formOf(event: Event): PlanForm {
  const whole = (at: string, end: string) => (at === end ? "" : hhmm(at))
  return {
    title: event.title,
    kind: event.kind,
    therapy: event.therapy,
    place: event.place,
    times: { day: isoDay(event.starts_at), from: hhmm(event.starts_at), to: hhmm(event.ends_at) },
    text: event.text,
    bring: event.bring,
    minimum: event.minimum,
    audience: event.audience,
    cover: event.cover,
    shifts: event.shifts.map((shift) => ({
      id: shift.id,
      title: shift.title,
      capacity: shift.capacity,
      skill: shift.skill,
      credential: shift.credential,
      minimum_age: String(shift.minimum_age),
      from: whole(shift.starts_at, event.starts_at),
      to: whole(shift.ends_at, event.ends_at),
    })),
  }
}

/** What is to be sent, or the sentence that says what is missing. What this form does not show stays as it was. */
export function planOf(form: PlanForm, was: Event | null): Required<Plan> | string {
  const when = momentsOf(form.times)
  if (!form.title.trim()) return "请写活动叫什么。"
  if (!when) return "请选哪一天、几点到几点。"
  if (form.shifts.some(({ title }) => !title.trim())) return "请给每个岗位写个名字。"
  const { day } = form.times
  const moved =
    was !== null && was.starts_at !== when.starts_at && Date.parse(was.starts_at) !== Date.parse(when.starts_at)
  const kept = was && !moved ? was : null
  return {
    title: form.title.trim(),
    kind: form.kind as Plan["kind"],
    therapy: form.therapy as NonNullable<Plan["therapy"]>,
    place: form.place.trim(),
    ...when,
    text: form.text.trim(),
    bring: form.bring.trim(),
    cover: form.cover as NonNullable<Plan["cover"]>,
    contact: was?.contact?.id ?? null,
    minimum: form.minimum,
    maximum: was?.maximum ?? null,
    audience: form.audience as NonNullable<Plan["audience"]>,
    signup_opens_at: kept?.signup_opens_at ?? null,
    signup_closes_at: kept?.signup_closes_at ?? null,
    cancel_until: kept?.cancel_until ?? null,
    shifts: form.shifts.map((shift) => ({
      id: shift.id,
      title: shift.title.trim(),
      capacity: shift.capacity,
      skill: shift.skill as NonNullable<Plan["shifts"][number]["skill"]>,
      credential: shift.credential as NonNullable<Plan["shifts"][number]["credential"]>,
      minimum_age: Number(shift.minimum_age) as 0 | 14 | 18,
      starts_at: shift.from ? momentOf(day, shift.from) : null,
      ends_at: shift.to ? momentOf(day, shift.to) : null,
    })),
  }
}
