import { computed, ref, watch } from "vue"
import { cachedBy } from "@/api/cache"
import { del, get, put, post as send } from "@/api/client"
import * as currentHome from "@/api/currentHome"
import { ApiError } from "@/api/errors"
import type { components } from "@/api/schema"
import { me, role } from "@/api/session"
import type { Therapy } from "@/api/therapies"
import type { Edit } from "./drafts"
import { sendEdit } from "./edits"
import { Feed } from "./feed"
import { drafts, leaveOut } from "./queue"

type Schemas = components["schemas"]

export type { Therapy } from "@/api/therapies"
export type { Box } from "./drafts"
export type Post = Schemas["MomentOut"]
export type Photo = Schemas["PhotoOut"]
export type Comment = Schemas["CommentOut"]
export type Person = Schemas["TaggedMember"]

export interface Query {
  home: number
  member?: number | undefined
  therapy?: Therapy | ""
  month?: string
  /** Only posts of this session. */
  session?: number | undefined
}

const PAGE = 20
const MOST = 50
const feeds = new Map<string, Feed<Post>>()
const chosen = ref<number | null>(null)

// Another person on this phone starts with nothing.
watch(
  () => me.value?.id,
  () => {
    feeds.clear()
    chosen.value = null
  },
)

// -- where ---------------------------------------------------------------------------------------
export const homes = computed<{ id: number; name: string }[]>(() => {
  if (role.value === "staff") return currentHome.posts.value.map((post) => post.home)
  const all = (me.value?.relatives ?? []).flatMap((relative) => relative.home ?? [])
  return all.filter((home, index) => all.findIndex(({ id }) => id === home.id) === index)
})

export const home = computed(() => {
  const wanted = role.value === "staff" ? currentHome.home.value?.id : chosen.value
  return homes.value.find(({ id }) => id === wanted) ?? homes.value[0] ?? null
})

export function chooseHome(id: number): void {
  if (role.value === "staff") currentHome.chooseHome(id)
  else chosen.value = id
}

// -- what there is to see --------------------------------------------------------------------------
/** No picture of anybody lies on this phone's disk, however small. */
const plain = (post: Post): Post => ({ ...post, photos: post.photos.map((photo) => ({ ...photo, preview: "" })) })

export function feedOf({ home, member, therapy, month, session }: Query): Feed<Post> {
  const key = `moments:${home}:${member ?? ""}:${therapy ?? ""}:${month ?? ""}:${session ?? ""}`
  const query = { home, member, session, therapy: therapy || undefined, month: month || undefined }
  const page = (after: string | null, wanted: number) =>
    get("/api/moments", { query: { ...query, after: after ?? "", limit: Math.min(MOST, Math.max(PAGE, wanted)) } })
  const found = feeds.get(key) ?? new Feed(key, page, plain)
  feeds.set(key, found)
  return found
}

export const postOf = cachedBy(
  "moment",
  (id: string) => get("/api/moments/{moment_id}", { path: { moment_id: id } }),
  plain,
)

/** As some feed shows it: all there is of it where nobody answers. */
export function seen(id: string): Post | null {
  for (const { items } of feeds.values()) {
    const found = items.value?.find((post) => post.id === id)
    if (found) return found
  }
  return null
}

/** Members of a Home, those who are there today first. */
export const peopleOf = cachedBy("moments-people", (home: number) => get("/api/moments/people", { query: { home } }))

const months = cachedBy("moments-months", (key: string) => {
  const [home, member] = key.split(":")
  return get("/api/moments/months", { query: { home: Number(home), member: Number(member) || undefined } })
})
export const monthsOf = (home: number, member?: number) => months(`${home}:${member ?? ""}`)

export const gone = (error: unknown): boolean => error instanceof ApiError && [403, 404].includes(error.status)

/** Photos one can look at; those on their way, and those refused, only staff hears of. */
export const shown = (post: Post): Photo[] =>
  post.photos.filter((photo) => photo.status === "ready" && photo.src["2048"])

/** Photos nobody has said of who is in them. */
export const toRemark = (post: Post): number =>
  post.photos.filter((photo) => !photo.marked && photo.status !== "refused" && !photo.declined).length

/** My own members in a post, by the names we call them. */
export const mineIn = (post: Post): string[] => {
  const own = new Set((me.value?.relatives ?? []).map(({ member }) => member.id))
  const names = post.photos.flatMap(({ tags }) =>
    tags.filter(({ member }) => own.has(member)).map((tag) => tag.short_name),
  )
  return [...new Set(names)]
}

/** As the author of what is not on the server yet. */
export const author = computed(() => {
  const title = currentHome.own.value?.title ?? "我"
  return { title, avatar: { text: title.slice(0, 1), colour: (currentHome.own.value?.id ?? 0) % 8 } }
})

// -- what somebody does ------------------------------------------------------------------------------
function change(id: string, apply: (post: Post) => Post | null): void {
  for (const each of feeds.values()) each.change(id, apply)
  postOf(id).change((post) => apply(post) ?? post)
}

const path = (moment_id: string) => ({ path: { moment_id } })

/** As the server has it by now; what it shows no more is taken out. */
export async function renew(id: string): Promise<void> {
  try {
    const fresh = await get("/api/moments/{moment_id}", path(id))
    change(id, () => fresh)
  } catch (error) {
    if (!gone(error)) throw error
    change(id, () => null)
  }
}

/** Shown at once; the server catches up, or it is as before. */
export async function like({ id, likes }: Post): Promise<void> {
  const on = !likes.mine
  const turned = (to: boolean) => (post: Post) =>
    post.likes.mine === to
      ? post
      : { ...post, likes: { ...post.likes, mine: to, count: post.likes.count + (to ? 1 : -1) } }
  change(id, turned(on))
  try {
    await (on ? put("/api/moments/{moment_id}/like", path(id)) : del("/api/moments/{moment_id}/like", path(id)))
  } catch (error) {
    change(id, turned(!on))
    throw error
  }
  await renew(id)
}

export async function comment(id: string, comment: string, text: string): Promise<void> {
  const comments = await send("/api/moments/{moment_id}/comments", { ...path(id), body: { id: comment, text } })
  change(id, (post) => ({ ...post, comments }))
}

const comments = (moment_id: string, comment_id: string) => ({ path: { moment_id, comment_id } })

export async function deleteComment(id: string, comment: string): Promise<void> {
  await del("/api/moments/{moment_id}/comments/{comment_id}", comments(id, comment))
  await renew(id)
}

export async function setHidden(id: string, comment: string, hidden: boolean): Promise<void> {
  const url = "/api/moments/{moment_id}/comments/{comment_id}/hidden"
  await (hidden ? put(url, comments(id, comment)) : del(url, comments(id, comment)))
  await renew(id)
}

/** Sentences that the teacher should read; nothing was refused. */
export async function edit(id: string, edit: Edit, fresh: Set<string>): Promise<string[]> {
  const { warnings, ...post } = await sendEdit(id, edit, fresh)
  change(id, () => post)
  return warnings
}

export async function removePhoto(id: string, photo: string): Promise<void> {
  const draft = drafts.value.find((each) => each.id === id)
  await del("/api/moments/{moment_id}/photos/{photo_id}", { path: { moment_id: id, photo_id: photo } })
  if (draft) await leaveOut(draft, photo)
  await renew(id)
}

/** It was taken back. */
export const remove = (id: string): void => change(id, () => null)
