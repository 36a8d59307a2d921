import { type ComponentMountingOptions, mount } from "@vue/test-utils"
import { vi } from "vitest"
import { type Component, h } from "vue"
import { createMemoryHistory, createRouter } from "vue-router"
import { at } from "../testing"
import type { Asked, Entire, Entry, Open } from "./records"

/** For tests only: a Saturday's visit, as the server tells it a day later. */
export const entry: Entry = {
  id: 7,
  event: "019a0000-0000-7000-8000-000000000001",
  title: "周六义诊",
  home: "阳光家园",
  shift: "陪伴散步",
  starts_at: at("09:00"),
  ends_at: at("11:30"),
  organisation: "",
  name: "徐明",
  date: "2026-11-28",
  planned: 150,
  minutes: 0,
  reason: "09:02 签到后没有签退，算不出时长，可以申请更正。",
  late: 0,
  early: 0,
  no_show: false,
  correcting: false,
}

export const entire = (changes: Partial<Entire> = {}): Entire => ({
  ...entry,
  home_id: 1,
  mine: true,
  manages: false,
  taps: [{ kind: "in", at: at("09:02"), way: "扫码" }],
  corrections: [],
  honours: [],
  refusal: "",
  until: "2026-12-28",
  earliest: at("08:00"),
  latest: at("12:30"),
  most_pairs: 3,
  other_rules: false,
  ...changes,
})

export const asked = (changes: Partial<Asked> = {}): Asked => ({
  id: "019a0000-0000-7000-8000-000000000009",
  state: "waiting",
  answer: "",
  pairs: [{ start: at("09:02"), end: at("11:20") }],
  reason: "忘了签退",
  asked_by: "徐明",
  mine: true,
  asked_at: at("10:00", "2026-11-29"),
  answered_at: null,
  minutes_before: 0,
  ...changes,
})

export const open = (changes: Partial<Open> = {}): Open => {
  const { id, pairs, reason, asked_by, asked_at } = asked()
  const then = { minutes: 138, outcome: "09:02–11:20 在场，计 2 小时 18 分。" }
  return { id, pairs, ...then, reason, asked_by, asked_at, record: entry, taps: entire().taps, own: false, ...changes }
}

/** A page as somebody sees it, once nothing is loading any more. */
export async function look<C extends Component>(page: C, props: Record<string, unknown> = {}) {
  HTMLDialogElement.prototype.showModal = function show() {
    this.open = true
  }
  HTMLDialogElement.prototype.close = function close() {
    this.open = false
  }
  const routes = [{ path: "/:rest(.*)*", component: { render: () => null } }]
  const router = createRouter({ history: createMemoryHistory(), routes })
  const options: ComponentMountingOptions<Component> = { global: { plugins: [router] }, attachTo: document.body }
  const seen = mount({ render: () => h(page, props) } as Component, options)
  await vi.waitFor(() => {
    if (seen.find(".skeleton").exists()) throw new Error("still loading")
  })
  return seen
}

export type Seen = Awaited<ReturnType<typeof look>>
export const button = (seen: Seen, words: string) =>
  seen.findAll("button").find((each) => each.text().includes(words) || each.attributes("aria-label")?.includes(words))
