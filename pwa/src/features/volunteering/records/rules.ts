import { cachedBy } from "@/api/cache"
import { get, put } from "@/api/client"
import type { components } from "@/api/schema"

type Schemas = components["schemas"]
export type Rules = Schemas["RulesOut"]
type Body = Schemas["RulesBody"]

/** Of a Home; 0: where I serve, or, as the officer, those I keep. */
export const rulesOf = cachedBy("service-rules", (home: number) =>
  get("/api/service-rules", home ? { query: { home } } : { query: {} }),
)

export async function putRules(body: Body): Promise<void> {
  const fresh = await put("/api/service-rules", { body })
  rulesOf(0).change(() => fresh)
}

const clock = (time: string) => time.slice(0, 5)

/** The numbers with their meaning, in the order in which somebody meets them. */
export function sentencesOf(rules: Rules): { title: string; note: string }[] {
  const meals = rules.meals.map(({ start, end }) => `${clock(start)}–${clock(end)}`).join("、")
  return [
    {
      title: `开始前 ${rules.opens_before} 分钟起可以签到`,
      note: `结束后 ${rules.closes_after} 分钟内要签退，忘了签退就算不出时长。`,
    },
    {
      title: rules.grace ? `迟到、早走 ${rules.grace} 分钟以内算准时` : "迟到一分钟也会记下来",
      note: "只算在场的时间：早到、晚走的不算。",
    },
    {
      title: meals ? `吃饭时间 ${meals} 不算` : "吃饭时间也算",
      note: "休息和路上的时间都不算。",
    },
    {
      title: rules.least_percent ? `至少要满计划时长的 ${rules.least_percent}%` : "来多久算多久",
      note: rules.least_percent ? "不满的，这一次不计时长。" : "没有最少要满多久。",
    },
    {
      title: `每人每天最多算 ${rules.pairs_a_day} 次进出`,
      note: "多出来的不算。同一段时间只在一处算。",
    },
    {
      title: rules.unit > 1 ? `每满 ${rules.unit} 分钟算一次` : "按分钟算",
      note: rules.unit > 1 ? "不满的零头不算。" : "不满一分钟的不算。",
    },
    {
      title: `时间不对，${rules.corrected_within} 天内可以申请更正`,
      note: "写明原因，家园同意了才改；签到签退的原样一直留着。",
    },
  ]
}

// -- to be changed ----------------------------------------------------------------------------------
export interface Numbers {
  least_percent: string
  pairs_a_day: string
  grace: string
  unit: string
  opens_before: string
  closes_after: string
  corrected_within: string
}
export interface RulesForm extends Numbers {
  issuer: string
  meals: { start: string; end: string }[]
}

interface Field {
  name: keyof Numbers
  label: string
  note: string
  least: number
  most: number
}

/** With the limits that the server keeps, too. */
export const FIELDS: Field[] = [
  { name: "opens_before", label: "开始前几分钟起可以签到", note: "", least: 0, most: 720 },
  { name: "closes_after", label: "结束后几分钟内可以签退", note: "", least: 0, most: 720 },
  { name: "grace", label: "迟到、早走几分钟以内算准时", note: "", least: 0, most: 720 },
  {
    name: "least_percent",
    label: "至少要满计划时长的百分之几",
    note: "不满的不计时长。0 就是来多久算多久。",
    least: 0,
    most: 100,
  },
  { name: "pairs_a_day", label: "每人每天最多算几次进出", note: "", least: 1, most: 10 },
  { name: "unit", label: "满几分钟算一次", note: "1 就是按分钟算，30 就是不满半小时的不算。", least: 1, most: 60 },
  { name: "corrected_within", label: "活动后几天内可以申请更正", note: "", least: 1, most: 365 },
]

export const formOf = (rules: Rules): RulesForm => ({
  issuer: rules.issuer,
  meals: rules.meals.map(({ start, end }) => ({ start: clock(start), end: clock(end) })),
  ...(Object.fromEntries(FIELDS.map(({ name }) => [name, String(rules[name])])) as unknown as Numbers),
})

/** What is wrong with each field, by its name. */
export function wrongOf(form: RulesForm): Partial<Record<keyof RulesForm, string>> {
  const wrong: Partial<Record<keyof RulesForm, string>> = {}
  if (form.issuer.trim().length < 2) wrong.issuer = "请写出具证明的单位。"
  for (const { name, least, most } of FIELDS) {
    const number = Number(form[name])
    if (!form[name].trim() || !Number.isInteger(number) || number < least || number > most)
      wrong[name] = `请填 ${least} 到 ${most} 之间的整数。`
  }
  if (form.meals.some(({ start, end }) => !start || !end || start >= end))
    wrong.meals = "请填吃饭从几点到几点，先后排好。"
  return wrong
}

export const bodyOf = (form: RulesForm): Body => ({
  issuer: form.issuer.trim(),
  meals: form.meals,
  ...(Object.fromEntries(FIELDS.map(({ name }) => [name, Number(form[name])])) as unknown as Omit<
    Body,
    "issuer" | "meals"
  >),
})
