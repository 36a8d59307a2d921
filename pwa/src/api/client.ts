import { ApiError, OfflineError } from "./errors"
import type { paths } from "./schema"

type Method = "get" | "post" | "put" | "patch" | "delete"
type PathsOf<M extends Method> = {
  [P in keyof paths]: paths[P] extends Record<M, { responses: unknown }> ? P : never
}[keyof paths]
type Operation<M extends Method, P extends PathsOf<M>> = paths[P] extends Record<M, infer O> ? O : never
type Json<T> = T extends { content: { "application/json": infer J } } ? J : never
type Responses<O> = O extends { responses: infer R } ? R : never
export type Answer<O> = Json<Extract<Responses<O>[keyof Responses<O> & (200 | 201 | 202)], object>>
type Params<O, K extends string> = O extends { parameters: infer A }
  ? K extends keyof A
    ? A[K]
    : undefined
  : undefined
type Body<O> = O extends { requestBody: { content: { "application/json": infer B } } } ? B : undefined
type Field<K extends string, T> = [T] extends [undefined]
  ? { [k in K]?: undefined }
  : undefined extends T
    ? { [k in K]?: T }
    : { [k in K]: T }
type Options<O> = Field<"path", Params<O, "path">> &
  Field<"query", Params<O, "query">> &
  Field<"body", Body<O>> & { signal?: AbortSignal; timeout?: number; keepalive?: boolean }
type Rest<O> = Record<string, never> extends Options<O> ? [options?: Options<O>] : [options: Options<O>]

interface Loose {
  path?: Record<string, unknown>
  query?: Record<string, unknown>
  body?: unknown
  signal?: AbortSignal
  timeout?: number
  keepalive?: boolean
}

const TIMEOUT_MS = 15_000
const CONFIG = "/_allauth/browser/v1/config"
const CSRF_COOKIE = /(?:^|;\s*)csrftoken=([^;]+)/

let unauthorised: (code: string) => void = () => undefined

/** Who is told when the server no longer knows this session, or wants this device confirmed first ("held"). */
export function onUnauthorised(tell: (code: string) => void): void {
  unauthorised = tell
}

export const get = <P extends PathsOf<"get">>(path: P, ...[options]: Rest<Operation<"get", P>>) =>
  call<Answer<Operation<"get", P>>>("GET", path, options as Loose)
export const post = <P extends PathsOf<"post">>(path: P, ...[options]: Rest<Operation<"post", P>>) =>
  call<Answer<Operation<"post", P>>>("POST", path, options as Loose)
export const put = <P extends PathsOf<"put">>(path: P, ...[options]: Rest<Operation<"put", P>>) =>
  call<Answer<Operation<"put", P>>>("PUT", path, options as Loose)
export const patch = <P extends PathsOf<"patch">>(path: P, ...[options]: Rest<Operation<"patch", P>>) =>
  call<Answer<Operation<"patch", P>>>("PATCH", path, options as Loose)
export const del = <P extends PathsOf<"delete">>(path: P, ...[options]: Rest<Operation<"delete", P>>) =>
  call<Answer<Operation<"delete", P>>>("DELETE", path, options as Loose)

async function call<T>(method: string, template: string, options: Loose = {}): Promise<T> {
  const response = await send(method, address(template, options), options)
  if (!response.ok) {
    const refused = await refusal(response)
    if (refused.status === 401) unauthorised(refused.code)
    throw refused
  }
  return (response.status === 204 ? undefined : await readJson(response)) as T
}

/** One request with the CSRF token and a deadline. Throws OfflineError when nobody answers; any status is an answer. */
export async function send(method: string, url: string, options: Loose = {}): Promise<Response> {
  const headers = new Headers({ Accept: "application/json" })
  if (method !== "GET") headers.set("X-CSRFToken", await csrfToken())
  const init: RequestInit = { method, headers, credentials: "same-origin", keepalive: options.keepalive ?? false }
  if (options.body instanceof FormData) init.body = options.body
  else if (options.body !== undefined) {
    headers.set("Content-Type", "application/json")
    init.body = JSON.stringify(options.body)
  }
  return answered(url, init, options)
}

async function answered(url: string, init: RequestInit, { signal, timeout = TIMEOUT_MS }: Loose): Promise<Response> {
  const deadline = new AbortController()
  const timer = setTimeout(() => deadline.abort(), timeout)
  const give = () => deadline.abort()
  signal?.addEventListener("abort", give)
  try {
    const answer = await fetch(url, { ...init, signal: deadline.signal })
    // The deadline is for the whole answer: a body can stop half-way.
    return new Response((await answer.text()) || null, answer)
  } catch (error) {
    if (signal?.aborted) throw error
    throw new OfflineError(deadline.signal.aborted ? "网络太慢，没有等到回音，请再试一次。" : undefined)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener("abort", give)
  }
}

function address(template: string, { path, query }: Loose): string {
  const filled = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(path?.[name])))
  const wanted = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== null)
  const search = new URLSearchParams(wanted.map(([name, value]) => [name, String(value)]))
  return wanted.length ? `${filled}?${search}` : filled
}

export async function csrfToken(): Promise<string> {
  const known = CSRF_COOKIE.exec(document.cookie)?.[1]
  if (known) return known
  await answered(CONFIG, { credentials: "same-origin" }, {})
  return CSRF_COOKIE.exec(document.cookie)?.[1] ?? ""
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch {
    // A captive portal's page, or a connection cut in the middle: as good as no answer.
    throw new OfflineError()
  }
}

const SENTENCES: Record<number, string> = {
  401: "登录已失效，请重新登录。",
  403: "页面放得太久了，请刷新后再试。",
  404: "没有找到，可能已被移除，或不归您查看。",
  413: "文件太大了，请换一个小一点的。",
  429: "操作太频繁了，请歇一会儿再试。",
  503: "人多排队中，请过一会儿再试。",
}

export async function refusal(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null)
  const told = isRefusal(body) ? body : null
  const message = told?.message || SENTENCES[response.status] || "服务器出了点问题，请过一会儿再试。"
  const wait = Number(response.headers.get("Retry-After")) || null
  return new ApiError(response.status, told?.code ?? "", message, told?.fields, wait, told !== null)
}

function isRefusal(body: unknown): body is { code: string; message: string; fields?: Record<string, string> } {
  return typeof body === "object" && body !== null && "message" in body && typeof body.message === "string"
}
