/** 2 小时 26 分: as people say it. */
export function lengthOf(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  return [hours ? `${hours} 小时` : "", rest || !hours ? `${rest} 分` : ""].filter(Boolean).join(" ")
}

/** 2026年3月4日 */
export function dateOf(day: string): string {
  const [year, month, date] = day.split("-").map(Number)
  return `${year}年${month}月${date}日`
}

interface Said {
  subject: string
  name: string
  first: string
  last: string
  minutes: number
  times: number
  people: number
  trainings: { minutes: number }[]
}

/** The one sentence of a certificate. What was learned counts, and is told apart from what was done. */
export function sentenceOf(said: Said): string {
  const span = said.first === said.last ? dateOf(said.first) : `${dateOf(said.first)}至${dateOf(said.last)}`
  const who = said.subject === "organisation" ? `${said.name} ${said.people} 人` : `志愿者 ${said.name} `
  const learned = said.trainings.reduce((sum, { minutes }) => sum + minutes, 0)
  const training = learned ? `，其中培训 ${said.trainings.length} 次、${lengthOf(learned)}` : ""
  return `${who}于${span}在残疾人之家参加志愿服务 ${said.times} 次，服务时长共 ${lengthOf(said.minutes)}${training}。`
}
