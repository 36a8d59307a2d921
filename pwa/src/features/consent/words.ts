import type { Audience, Line, Question } from "./consent"

export const AUDIENCES: Record<Audience, { name: string; short: string; who: string; plain: string }> = {
  family: {
    name: "自己家人",
    short: "家里人",
    who: "绑定了的家属，在自己手机上看。",
    plain: "你家里人能看。别人不能看。",
  },
  home: {
    name: "本家园其他家庭",
    short: "别人的家人",
    who: "家园里别的成员的家属，在相册里看。",
    plain: "家园里别人的爸爸妈妈能看。",
  },
  volunteers: {
    name: "志愿者",
    short: "来帮忙的人",
    who: "来家园服务的志愿者，看他们来的那天的照片。",
    plain: "来帮忙的人能看。",
  },
  public: {
    name: "公开",
    short: "外面的人",
    who: "宣传栏、公众号，谁都可能看到，也可能被人转发。",
    plain: "谁都能看。不认识的人也能看。",
  },
}

/** What holds, and why, in one sentence. */
export function holdsOf({ audience, allowed, own, guardian }: Question, name: string): string {
  if (own.yes === false) return `不给看：${name}自己说了不给，以${name}的为准。`
  if (guardian.yes === false) return "不给看：监护人不同意。"
  if (allowed)
    return audience === "family" && own.yes === null && guardian.yes === null ? "给看：还没有人说过不给。" : "给看。"
  const waiting = [guardian.yes === null && "监护人", own.yes === null && `${name}自己`].filter(Boolean)
  return `还不给看：等${waiting.join("和")}说可以。`
}

export const saidOf = (yes: boolean | null, name: string): string =>
  yes === null ? `还没问过${name}。` : yes ? `${name}自己说：给。` : `${name}自己说：不给。`

/** 妈妈同意：自己家人 */
export function lineOf({ key, audience, yes, by, on_paper }: Line, name: string): string {
  const what = AUDIENCES[audience].name
  if (key === "self") return `${name}自己说${yes ? "给" : "不给"}：${what}`
  return `${on_paper ? "监护人" : by || "监护人"}${yes ? "同意" : "不同意"}：${what}`
}

/** Who was there: 陆老师拿平板问的. */
export function witnessOf({ key, by, on_paper }: Line): string {
  if (key === "self") return by ? `${by}拿平板问的` : "老师拿平板问的"
  return on_paper ? `纸上签字，${by || "老师"}记下` : "在自己手机上选的"
}
