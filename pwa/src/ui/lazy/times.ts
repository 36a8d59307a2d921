/** What stands in the fields for a day and two times, as moments in the Homes' zone. */
export interface Fields {
  day: string
  from: string
  to: string
}

export const emptyTimes = (): Fields => ({ day: "", from: "09:00", to: "11:00" })
const ZONE = "+08:00"
export const momentOf = (day: string, clock: string): string => `${day}T${clock}:00${ZONE}`

/** Null while something is missing. */
export function momentsOf({ day, from, to }: Fields): { starts_at: string; ends_at: string } | null {
  if (!day || !from || !to || from >= to) return null
  return { starts_at: momentOf(day, from), ends_at: momentOf(day, to) }
}
