import type { components } from "./schema"

export type Therapy = components["schemas"]["SessionCard"]["therapy"]

/** The five therapies in the order they are always told. Their colours are the custom properties of the same names. */
export const THERAPIES: { kind: Therapy; letter: string; word: string }[] = [
  { kind: "work", letter: "工", word: "工疗" },
  { kind: "farm", letter: "农", word: "农疗" },
  { kind: "rehab", letter: "康", word: "康疗" },
  { kind: "counseling", letter: "思", word: "思疗" },
  { kind: "culture", letter: "文", word: "文疗" },
]

export const therapyOf = (kind: unknown) => THERAPIES.find((therapy) => therapy.kind === kind)

/** For :style: what stands inside is drawn in the therapy's colours. */
export const coloursOf = (kind: Therapy) => ({ "--hue": `var(--${kind})`, "--hue-soft": `var(--${kind}-soft)` })

/** For choosing: all of them, or one. */
export const therapyOptions = [
  { value: "" as const, word: "全部" },
  ...THERAPIES.map(({ kind, word }) => ({ value: kind, word, style: coloursOf(kind) })),
]
