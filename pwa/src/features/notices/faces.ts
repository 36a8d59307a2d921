/** Who speaks, by what is spoken of: one character on a colour. */
export const FACES: Record<string, { text: string; colour: number }> & { other: { text: string; colour: number } } = {
  arrived: { text: "门", colour: 0 },
  departed: { text: "门", colour: 0 },
  correction: { text: "门", colour: 0 },
  unsigned: { text: "门", colour: 6 },
  leave: { text: "假", colour: 6 },
  session: { text: "历", colour: 1 },
  joined: { text: "亲", colour: 3 },
  reply: { text: "亲", colour: 3 },
  /** All of one conversation. */
  service: { text: "志", colour: 4 },
  other: { text: "驿", colour: 5 },
}
