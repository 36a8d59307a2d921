import { del, post, put } from "@/api/client"
import type { components } from "@/api/schema"
import { type Mark, type Session, sessionOf } from "./calendar"

export type Part = Session["members"][number]
export type Result = components["schemas"]["Result"]

/** What a tap changed shows at once; an answer already under way is older than it, and is waited for. */
async function changed(id: number, apply: (session: Session) => Session): Promise<void> {
  const session = sessionOf(id)
  session.change(apply)
  if (session.busy.value) await session.refresh()
  await session.refresh()
}

const path = (id: number) => ({ session_id: id })

/** 全部参加: whoever is meant and came through the door. */
export async function markPresent(id: number): Promise<void> {
  await post("/api/calendar/sessions/{session_id}/participation/present", { path: path(id) })
  await changed(id, (session) => session)
}

export async function markOne(id: number, member: number, state: Mark | null): Promise<void> {
  await put("/api/calendar/sessions/{session_id}/participation", { path: path(id), body: { member, state } })
  const marked = (part: Part) => (part.member.id === member ? { ...part, state } : part)
  void changed(id, (session) => ({ ...session, members: session.members.map(marked) }))
}

export async function noteResult(id: number, result: Result): Promise<void> {
  await put("/api/calendar/sessions/{session_id}/result", { path: path(id), body: result })
  void changed(id, (session) => ({ ...session, result }))
}

export async function cancel(id: number, reason: string): Promise<void> {
  await put("/api/calendar/sessions/{session_id}/cancellation", { path: path(id), body: { reason } })
  void changed(id, (session) => ({ ...session, state: "cancelled", reason }))
}

/** Answers what else is planned at that time. */
export async function restore(id: number): Promise<string[]> {
  const { conflicts } = await del("/api/calendar/sessions/{session_id}/cancellation", { path: path(id) })
  // Not cancelled any more: what it is now the clock tells.
  void changed(id, (session) => ({ ...session, state: "planned", reason: "" }))
  return conflicts
}
