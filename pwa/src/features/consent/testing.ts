import type { Consent, Line, Question } from "./consent"

/** For tests only: 志强, as the server tells. */
const ASKED: Record<Question["audience"], string> = {
  family: "可以给你家里人看吗？",
  home: "可以给别人的家人看吗？",
  volunteers: "可以给志愿者看吗？",
  public: "可以给外面的人看吗？",
}

export function question(
  audience: Question["audience"],
  changes: { own?: boolean; guardian?: boolean } = {},
): Question {
  const { own = null, guardian = null } = changes
  const allowed = audience === "family" ? own !== false && guardian !== false : Boolean(own && guardian)
  return {
    audience,
    allowed,
    own: { yes: own, wording: ASKED[audience] },
    guardian: { yes: guardian, wording: `我同意：${audience}` },
  }
}

export function consent(changes: Partial<Consent> = {}): Consent {
  return {
    member: { id: 1, short_name: "志强", avatar: { text: "志", colour: 0, photo: null } },
    asks: false,
    signs: false,
    audiences: [question("family"), question("home"), question("volunteers"), question("public")],
    history: [],
    ...changes,
  }
}

export const line = (changes: Partial<Line> = {}): Line => ({
  at: "2026-03-01T10:00:00+08:00",
  key: "guardian",
  audience: "home",
  yes: true,
  wording: "我同意：home",
  by: "妈妈",
  on_paper: false,
  ...changes,
})
