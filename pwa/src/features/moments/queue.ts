import { computed, ref, shallowReactive, shallowRef } from "vue"
import { post } from "@/api/client"
import { ApiError, OfflineError } from "@/api/errors"
import { type Errand, RetryQueue } from "@/api/retryQueue"
import { me } from "@/api/session"
import { upload } from "@/api/upload"
import {
  all,
  type Draft,
  type DraftPhoto,
  drop,
  type Edit,
  keep,
  keepPicture,
  type Picture,
  pictureOf,
  picturesOf,
  wipe,
} from "./drafts"
import { sendEdit } from "./edits"

/** Everything on this phone, oldest first: what is being written, what is on its way, what was refused. */
export const drafts = shallowRef<Draft[]>([])
export const outgoing = computed(() => drafts.value.filter((draft) => draft.queued))
/** How far each photo got, 0 to 1, by id. */
export const progress = shallowReactive(new Map<string, number>())
/** What this phone itself can show of them, by id. */
export const thumbs = shallowReactive(new Map<string, string>())

/** Photos, and posts without any, that lie on this phone alone. */
export const unsent = ref(0)

const listeners = new Set<(id: string) => void>()

/** Told whenever the server knows more of a post than before. */
export function onProgress(tell: (id: string) => void): () => void {
  listeners.add(tell)
  return () => listeners.delete(tell)
}

const isMine = (draft: Draft) => draft.queued && !draft.refused && draft.user === me.value?.id
const nextEdit = (draft: Draft) => (draft.edit?.refused ? undefined : draft.edit)
const nextPhoto = (draft: Draft) => draft.photos.find((photo) => !photo.sent && !photo.refused)

const queue = new RetryQueue({
  name: "yizhan-moments",
  reload,
  next,
  isFinal: ({ status, ours }) => status === 413 || (ours && status === 415),
  count: () => unsent.value,
  farewell: (count) => `还有 ${count} 张照片或文字没有发出去，只存在这台设备里，现在退出就没有了。`,
  isLost: true,
})

export const { stuck } = queue
export const flush = () => queue.flush()

/** The post first, and what was changed in it; then its photos, one at a time and in their order. */
function next(): Errand | undefined {
  const draft = drafts.value.find((one) => isMine(one) && (!one.posted || nextEdit(one) || nextPhoto(one)))
  if (!draft) return undefined
  const edit = nextEdit(draft)
  const photo = nextPhoto(draft)
  if (!draft.posted)
    return errand(
      draft,
      draft.id,
      () => sendPost(draft),
      (refused) => ({ ...draft, refused }),
    )
  if (edit) {
    const without = (refused: string) => ({ ...draft, edit: { ...edit, refused } })
    return errand(draft, `${draft.id} edit`, () => sendChange(draft, edit), without)
  }
  return (
    photo &&
    errand(
      draft,
      photo.id,
      () => sendPhoto(draft, photo),
      (refused) => withPhoto(draft, { ...photo, refused }),
    )
  )
}

/** `without` is the draft when this will never be taken. */
function errand(draft: Draft, key: string, go: () => Promise<void>, without: (why: string) => Draft): Errand {
  return {
    key,
    async send() {
      await go()
      for (const tell of listeners) tell(draft.id)
    },
    async park({ message }) {
      await settle(without(message))
      return true
    },
  }
}

async function sendPost(draft: Draft): Promise<void> {
  const { id, home, text, therapy, session } = draft
  const photos = draft.photos.map(({ id, tags }) => ({ id, tags }))
  const answer = await post("/api/moments", { body: { id, home, text, therapy: therapy || null, session, photos } })
  // A hotel's sign-in page also answers 200.
  if (answer.id !== id) throw new OfflineError()
  await settle({ ...draft, posted: true })
}

/** Of a post that was taken back nothing is left to change. */
async function sendChange(draft: Draft, edit: Edit): Promise<void> {
  try {
    await sendEdit(draft.id, edit, new Set(draft.photos.map(({ id }) => id)))
  } catch (error) {
    if (error instanceof ApiError && error.status === 404 && error.ours) return discard(draft.id)
    throw error
  }
  const { edit: _sent, ...rest } = draft
  await settle(rest)
}

async function sendPhoto(draft: Draft, photo: DraftPhoto): Promise<void> {
  const picture = await pictureOf(photo.id)
  if (!picture) return settle(withPhoto(draft, { ...photo, refused: "这张照片已经不在手机里了，请重新选。" }))
  const url = `/api/moments/${draft.id}/photos/${photo.id}`
  progress.set(photo.id, 0)
  await upload("PUT", url, picture.blob, (part) => progress.set(photo.id, part))
  progress.set(photo.id, 1)
  const { refused: _refused, ...rest } = photo
  await settle(withPhoto(draft, { ...rest, sent: true }))
}

const withPhoto = (draft: Draft, photo: DraftPhoto): Draft => ({
  ...draft,
  photos: draft.photos.map((each) => (each.id === photo.id ? photo : each)),
})

/** Kept as it is by now; gone from this phone once all of it is on the server. */
async function settle(draft: Draft): Promise<void> {
  if (draft.posted && !draft.edit && draft.photos.every((photo) => photo.sent)) await drop(draft.id)
  else await keep(draft)
  await changed()
}

export async function publish(draft: Draft): Promise<void> {
  const { refused: _refused, ...fresh } = draft
  queue.forgive(draft.id)
  await keep({ ...fresh, queued: draft.queued ?? Date.now() })
  await changed()
  queue.wake()
}

/** Back to being written. Only what the server does not know yet. */
export async function withdraw(draft: Draft): Promise<void> {
  const { refused: _refused, queued: _queued, ...again } = draft
  await keep(again)
  await changed()
}

export async function discard(id: string): Promise<void> {
  await drop(id)
  await changed()
}

/** Of a post that is out: what of it lies here, if anything does. */
const here = (post: { id: string; home: number }): Draft =>
  drafts.value.find(({ id }) => id === post.id) ?? {
    ...{ id: post.id, user: me.value?.id ?? 0, home: post.home, text: "", therapy: "" as const, session: null },
    ...{ photos: [], queued: Date.now(), posted: true as const },
  }

/** A post that is out was changed: its new photos go up, after what was changed if the server does not know that yet. */
export async function amend(
  post: { id: string; home: number },
  edit: Edit,
  fresh: Map<string, Omit<Picture, "id" | "post">>,
  { known }: { known: boolean },
): Promise<void> {
  const { edit: _before, ...mine } = here(post)
  const old = mine.photos.filter(({ id }) => !edit.removed.includes(id) && !fresh.has(id))
  const photos = [...old, ...[...fresh.keys()].map((id) => ({ id, tags: null }))]
  const draft: Draft = { ...mine, photos, ...(known ? {} : { edit }) }
  for (const [id, found] of fresh) await keepPicture({ id, post: post.id, ...found }, draft)
  queue.forgive(`${post.id} edit`)
  await settle(draft)
  queue.wake()
}

/** What was changed is thrown away, with the photos that were to come: `there` are those the server knows. */
export async function unamend(id: string, there: Set<string>): Promise<void> {
  const mine = drafts.value.find((draft) => draft.id === id)
  if (!mine) return
  const { edit: _edit, ...rest } = mine
  await settle({ ...rest, photos: rest.photos.filter((photo) => there.has(photo.id)) })
}

/** Another file in the place of one that was refused, here or by the photo worker. */
export async function replace(post: { id: string; home: number }, photo: string, found: Omit<Picture, "id" | "post">) {
  const mine = here(post)
  const fresh = { id: photo, tags: mine.photos.find(({ id }) => id === photo)?.tags ?? null }
  const photos = mine.photos.some(({ id }) => id === photo) ? withPhoto(mine, fresh).photos : [...mine.photos, fresh]
  queue.forgive(photo)
  await keepPicture({ id: photo, post: post.id, ...found }, { ...mine, photos })
  await changed()
  queue.wake()
}

/** A refused photo is left out; the rest of the post stays. */
export async function leaveOut(draft: Draft, photo: string): Promise<void> {
  await settle({ ...draft, photos: draft.photos.filter(({ id }) => id !== photo) })
}

export const changed = () => queue.changed()

export async function reload(): Promise<void> {
  drafts.value = await all().catch(() => [])
  const photos = drafts.value.flatMap((draft) => draft.photos.filter((photo) => !photo.sent).map(({ id }) => id))
  const words = drafts.value.filter((draft) => (draft.posted ? draft.edit : !draft.photos.length))
  unsent.value = photos.length + words.length
  await showThumbs(photos)
}

/** They stay when the photo is on the server: it is shown there a moment later. */
async function showThumbs(wanted: string[]): Promise<void> {
  for (const draft of drafts.value) {
    if (!draft.photos.some(({ id }) => wanted.includes(id) && !thumbs.has(id))) continue
    for (const { id, thumb } of await picturesOf(draft.id)) {
      if (thumb && !thumbs.has(id)) thumbs.set(id, URL.createObjectURL(thumb))
    }
  }
}

/** Runs while staff is signed in; what a former person left behind goes. */
export async function startQueue(user: number): Promise<void> {
  for (const draft of await all()) if (draft.user !== user) await drop(draft.id)
  await flush()
}

export async function forget(): Promise<void> {
  for (const url of thumbs.values()) URL.revokeObjectURL(url)
  thumbs.clear()
  progress.clear()
  await wipe()
  await changed()
}
