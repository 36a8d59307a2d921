/** What a long table of Homes shows, and in which order; without one, in the table's own. */
export interface View<Column extends string> {
  q: string
  /** Only those the table's box is about. */
  only: boolean
  by: Column | null
  down: boolean
}

export const PLAIN = { q: "", only: false, by: null, down: false } as const

interface Place {
  name: string
  area: string
}

interface Rules<Row, Column> {
  cellOf: (row: Row, column: Column) => string | number
  isOne: (row: Row) => boolean
  /** The order while no heading was tapped. */
  first: (a: Row, b: Row) => number
}

const chinese = new Intl.Collator("zh-CN")

export const compare = (a: string | number, b: string | number): number =>
  typeof a === "number" && typeof b === "number" ? a - b : chinese.compare(String(a), String(b))

export function arranged<Row extends Place, Column extends string>(
  rows: readonly Row[],
  { q, only, by, down }: View<Column>,
  { cellOf, isOne, first }: Rules<Row, Column>,
): Row[] {
  const wanted = q.trim()
  const shown = rows.filter((row) => (row.name.includes(wanted) || row.area.includes(wanted)) && (!only || isOne(row)))
  const turn = down ? -1 : 1
  return shown.sort(by ? (a, b) => turn * compare(cellOf(a, by), cellOf(b, by)) : first)
}

/** Tapping a heading sorts, downwards first if so said; a second tap turns it round, a third gives the table's own order back. */
export function turned<Column extends string>(view: View<Column>, by: Column, downFirst = false): View<Column> {
  if (view.by !== by) return { ...view, by, down: downFirst }
  return view.down === downFirst ? { ...view, down: !downFirst } : { ...view, by: null, down: false }
}
