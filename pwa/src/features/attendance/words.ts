import type { Tap, Waiting } from "@/api/tap"
import type { BoardMember } from "@/api/types"
import { hhmm } from "@/ui/dates"
import type { IconName } from "@/ui/icons"

export type Mode = NonNullable<Tap["mode"]>

export const MODES: { value: Mode; label: string; note?: string }[] = [
  { value: "relative", label: "家属来接" },
  { value: "alone", label: "自己回家" },
  { value: "shuttle", label: "坐班车" },
  { value: "other", label: "其他人来接", note: "先打电话问过家属，记录会一直留着" },
]

const LEFT: Record<string, string> = { relative: "家属接走", alone: "自己回家", shuttle: "坐班车", other: "其他人接走" }
export const left = (mode: string): string => LEFT[mode] ?? ""

/** What a tile says under the name. */
export function stateOf(member: BoardMember, now: number): string {
  const since = member.since ? ` ${hhmm(member.since)}` : ""
  if (member.state === "present") return `已到${since}`
  if (member.state === "departed") return `离开${since}`
  if (member.state === "leave") return "今天请假"
  if (member.state === "missing") return `未到 ${overdue(member, now)}`
  return member.state === "waiting" ? "待到" : "今天没有安排"
}

function overdue({ expected_at }: BoardMember, now: number): string {
  const minutes = expected_at ? Math.max(1, Math.floor((now - Date.parse(expected_at)) / 60_000)) : 0
  if (minutes < 60) return `${minutes} 分`
  return minutes % 60 ? `${Math.floor(minutes / 60)} 时 ${minutes % 60} 分` : `${minutes / 60} 小时`
}

const REPLIES: Record<string, string> = { ack: "收到", thanks: "谢谢老师", late: "晚点到", i_pick_up: "今天我来接" }
export const replyWord = (kind: string): string => REPLIES[kind] ?? kind

interface Fate {
  word: string
  icon: IconName
  tone: "quiet" | "good" | "alert"
}

const FATES: Record<NonNullable<BoardMember["notice"]>, Fate> = {
  sent: { word: "已发", icon: "sent", tone: "quiet" },
  delivered: { word: "已送达", icon: "check", tone: "quiet" },
  seen: { word: "已读", icon: "read", tone: "good" },
  unreached: { word: "未送达", icon: "phone", tone: "alert" },
  told: { word: "已转告", icon: "phone", tone: "good" },
}

/** How the family's news fares: their answer, or how far it got, or that it still lies here. */
export function fateOf(member: BoardMember & { waiting?: boolean }): Fate | null {
  if (member.waiting) return { word: "未上传", icon: "clock", tone: "quiet" }
  if (member.reply) return { word: replyWord(member.reply), icon: "message", tone: "good" }
  if (!member.notice) return null
  const fate = FATES[member.notice]
  return takenBack(member) ? { ...fate, word: `更正${fate.word}` } : fate
}

/** Nobody came, and yet the family was written to: they were told that it had been a mistake. */
const takenBack = ({ state }: BoardMember): boolean => state === "" || state === "waiting" || state === "missing"

/** Somebody had already written it down. */
export const said = (member: BoardMember): string =>
  `${member.name}：${member.by}${member.since ? ` ${hhmm(member.since)} ` : ""}已记录`

/** What was taken back was not the only one of its kind. */
export const stands = (member: BoardMember, now: number): string =>
  `${member.name}：还有另一条记录，现在仍是“${stateOf(member, now)}”。要撤销，请点开他再撤一次。`

const KINDS = { arrived: "到达", departed: "离开", void: "撤销" }
export const tapWord = (tap: Waiting): string => `${hhmm(tap.occurred_at)} ${KINDS[tap.kind]}`
