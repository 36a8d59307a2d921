import type { SessionCard } from "./calendar"

export type Therapy = SessionCard["therapy"]

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
