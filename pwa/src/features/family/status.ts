import type { DayCard } from "@/api/types"
import { daysAgo, hhmm, isoDay, type Moment, spoken, when } from "@/ui/dates"
import type { Step } from "@/ui/StatusLine.vue"

export interface Status {
  word: string
  tone: "good" | "plain" | "alert" | "amber" | "quiet"
  /** What stands under the big word. */
  lines: string[]
  /** The same for eyes and ears that want whole sentences. */
  aloud: string[]
}

const LEFT: Record<string, string> = {
  relative: "家属来接的",
  alone: "自己回家",
  shuttle: "坐班车回家",
  other: "其他人来接的",
}

export function statusOf(day: DayCard, now: Moment = Date.now()): Status {
  if (day.date !== isoDay(now)) return ofAnotherDay(day, now)
  if (day.unsigned) return unsigned(day)
  if (day.state === "present") return present(day, now)
  if (day.state === "departed") return departed(day)
  if (day.state === "leave") return quiet("今天请假", `${day.member.short_name}今天不去${day.home.name}。`)
  if (!day.open) return quiet("今天不开门", `${day.home.name}今天休息。`)
  if (day.state === "missing") return missing(day)
  if (day.state === "waiting") return waiting(day)
  return quiet("今天不来", `今天没有安排${day.member.short_name}去${day.home.name}。`)
}

type Session = DayCard["sessions"][number]

/** By the clock: what was asked for an hour ago may be over now. Nobody is said to be doing anything who is not there. */
export function doing({ date, state, unsigned, sessions }: DayCard, now: Moment): Session | null {
  if (state !== "present" || unsigned || date !== isoDay(now)) return null
  const at = new Date(now).getTime()
  const runs = (each: Session) => Date.parse(each.starts_at) <= at && at < Date.parse(each.ends_at)
  return sessions.find((each) => runs(each) && each.mark !== "left_early") ?? null
}

const coming = ({ sessions }: DayCard, now: Moment): Session | null =>
  sessions.find((each) => Date.parse(each.starts_at) > new Date(now).getTime()) ?? null

/** 现在：农疗 采摘青菜, or what comes next. */
function activity(day: DayCard, now: Moment): string {
  const running = doing(day, now)
  if (running) return `现在：${running.word} ${running.title}。`
  const next = coming(day, now)
  return next ? `${spoken(next.starts_at)}：${next.word} ${next.title}。` : ""
}

function quiet(word: string, line: string): Status {
  return { word, tone: "quiet", lines: [line], aloud: [line] }
}

function present(day: DayCard, now: Moment): Status {
  const back = Boolean(day.arrived_at && day.since && day.arrived_at !== day.since)
  const by = day.by ? `${day.by}在门口接到。` : ""
  const at = day.since ?? day.arrived_at
  return {
    word: "已到家园",
    tone: "good",
    lines: [back && at ? `${hhmm(at)} 又回到家园，${by}` : by, late(day)].filter(Boolean),
    aloud: [
      `${at ? spoken(at) : "今天"}${back ? "又到" : "到"}的${day.by ? `，${day.by}接到了` : ""}。`,
      activity(day, now),
      day.departs_at ? `平时${spoken(day.departs_at)}回家。` : "",
      late(day),
    ].filter(Boolean),
  }
}

function departed(day: DayCard): Status {
  const how = LEFT[day.mode] ?? (day.by ? `${day.by}送出门` : "")
  const tail = how ? `，${how}。` : "。"
  return {
    word: "已离开",
    tone: "plain",
    lines: [`${day.since ? `${hhmm(day.since)} ` : ""}离开${day.home.name}${tail}`, late(day)].filter(Boolean),
    aloud: [`${day.since ? spoken(day.since) : "已经"}离开${day.home.name}${tail}`, late(day)].filter(Boolean),
  }
}

function missing(day: DayCard): Status {
  const past = day.expected_at ? `过了 ${hhmm(day.expected_at)} 还没到` : "到现在还没到"
  const said = day.expected_at ? `过了${spoken(day.expected_at)}还没到` : "到现在还没到"
  const advice = "请打电话问问老师，不去的话点“请假”。"
  return {
    word: "未到",
    tone: "alert",
    lines: [`${past}，也没有请假。`, advice],
    aloud: [`${said}，也没有请假。`, advice],
  }
}

function waiting(day: DayCard): Status {
  const said = day.expected_at ? `平时${spoken(day.expected_at)}到，` : ""
  return { word: "还没到", tone: "plain", lines: ["一到就告诉您。"], aloud: [`${said}一到就告诉您。`] }
}

/** The Home closed and nobody wrote down when the member left: silence is never taken for safety. */
function unsigned(day: DayCard): Status {
  const lines = ["家园关门时没有记下几点离开。", `要是${day.member.short_name}还没到家，请马上打电话。`]
  return { word: "没记下几点走", tone: "amber", lines, aloud: lines }
}

/** What this phone remembers is of another day: it must not pass for today's. */
function ofAnotherDay(day: DayCard, now: Moment): Status {
  const last = day.since
    ? `最后知道的：${when(day.since, now)}${day.state === "present" ? "到了家园" : "离开家园"}。`
    : ""
  const lines = ["这部手机还没收到今天的消息。", ...(last && ["present", "departed"].includes(day.state) ? [last] : [])]
  return { word: "还不知道", tone: "quiet", lines, aloud: lines }
}

/** An event that reached the server late says so. */
function late(day: DayCard): string {
  const last = day.timeline.at(-1)
  return last?.late ? `这条是 ${hhmm(last.recorded_at)} 补发的。` : ""
}

/** The day as a line: arrived → now → going home. Empty where there is no day to draw. */
export function stepsOf(day: DayCard, now: Moment = Date.now()): Step[] {
  if (day.date !== isoDay(now) || day.state === "leave" || day.state === "") return []
  const arrived = day.arrived_at
  const first = arrived
    ? step(`${hhmm(arrived)} 到`, "done")
    : day.expected_at
      ? step(`${hhmm(day.expected_at)} 该到`, "next")
      : null
  const word = doing(day, now)?.word
  const middle = day.state === "present" && !day.unsigned ? step(word ? `${word} · 现在` : "现在", "now") : null
  const left = day.state === "departed" && day.since ? step(`${hhmm(day.since)} 离开`, "done") : null
  const last = left ?? (day.departs_at ? step(`${hhmm(day.departs_at)} 回家`, "next") : null)
  const steps = [first, middle, last].filter((each): each is Step => each !== null)
  return steps.length > 1 ? steps : []
}

const step = (label: string, state: Step["state"]): Step => ({ label, state })

/** 08:40 的情况, or with its day when that is not today. */
export const asOf = (at: number, now: Moment = Date.now()): string =>
  `${daysAgo(at, now) === 0 ? hhmm(at) : when(at, now)} 的情况`

/** Leave can be asked for who is due and has not come. */
export const mayAskLeave = (day: DayCard, now: Moment = Date.now()): boolean =>
  day.date === isoDay(now) && (day.state === "waiting" || day.state === "missing") && !day.arrived_at

export const mayWithdraw = (day: DayCard, now: Moment = Date.now()): boolean =>
  day.date === isoDay(now) && day.state === "leave" && day.leave !== null

/** 他的今天: what happened at the door, and the member's sessions, in the order of the clock. */
export type Row = { at: string; words: string; session: Session | null; running: boolean; ahead: boolean }

export function rowsOf(day: DayCard, now: Moment): Row[] {
  if (day.date !== isoDay(now)) return []
  const running = doing(day, now)
  const doors = day.timeline.map((line) => ({
    at: line.at,
    words: rowOf(line),
    session: null,
    running: false,
    ahead: false,
  }))
  const sessions = day.sessions.map((session) => ({
    at: session.starts_at,
    words: session.title,
    session,
    running: session === running,
    ahead: Date.parse(session.starts_at) > new Date(now).getTime(),
  }))
  return [...doors, ...sessions].sort((one, other) => Date.parse(one.at) - Date.parse(other.at))
}

const LINE: Record<string, string> = { arrived: "已到", departed: "已离开" }

/** One row of 他的今天: 已到，陆老师接到（08:31 补发）. */
export function rowOf({ kind, text, late: wasLate, recorded_at }: DayCard["timeline"][number]): string {
  const what = [LINE[kind], text === LINE[kind] || text === "离开" ? "" : text].filter(Boolean).join("，")
  return wasLate ? `${what}（${hhmm(recorded_at)} 补发）` : what
}
