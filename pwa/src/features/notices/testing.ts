import type { NoticeItem } from "@/api/types"

/** A notice of the door, for tests. */
export function notice(seq: number, changes: Partial<NoticeItem> = {}): NoticeItem {
  return {
    seq,
    id: `notice-${seq}`,
    kind: "arrived",
    event: `event-${seq}`,
    thread: "member:1:1",
    tag: `door-${seq}`,
    title: "志强已到阳光家园",
    body: "08:12，陆老师在门口接到。",
    link: "/chat/member:1:1",
    at: "2026-11-23T08:12:00+08:00",
    created_at: "2026-11-23T08:12:01+08:00",
    urgent: true,
    data: { member: 1, home: 1, state: "present" },
    delivered_at: null,
    seen_at: null,
    replies: [],
    ...changes,
  }
}
