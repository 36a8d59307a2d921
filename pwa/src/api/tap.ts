/**
 * What was tapped at the door and is not on the server yet. It lies apart from everything else this phone remembers:
 * it survives sign-out, an ended session and a revoked post, and holds no names.
 */
export interface Tap {
  id: string
  /** The Home whose staff may send it. */
  home: number
  member: number
  kind: "arrived" | "departed" | "void"
  occurred_at: string
  mode?: "relative" | "alone" | "shuttle" | "other"
  corrects?: string
  taken_by?: number
  /** Written down later than it happened: it has no place in the order of this device's taps. */
  later?: true
}

export interface Waiting extends Omit<Tap, "later"> {
  n: number
  device: string
  device_seq?: number
  /** The server's sentence, when it will never take this one: shown, and in nobody's way. */
  refused?: { status: number; code: string; message: string }
}

export type Upload = Omit<Waiting, "n" | "home" | "refused"> & { sent_at: string }
