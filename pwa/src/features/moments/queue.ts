import { computed, ref, shallowReactive, shallowRef } from "vue"
import { post } from "@/api/client"
import { courier, onNetwork } from "@/api/courier"
import { ApiError, OfflineError, Told } from "@/api/errors"
import { me } from "@/api/session"
import { live } from "@/api/socket"
import { unsent } from "@/api/unsent"
import { upload } from "@/api/upload"
import {
  all,
  type Draft,
  type DraftPhoto,
  drop,
  keep,
  keepPicture,
  type Picture,
  pictureOf,
  picturesOf,
  wipe,
} from "./drafts"

const LOCK = "yizhan-moments"
const NEVER = new Set([400, 404, 409, 410, 413, 415, 422])
/** What the server itself stumbles over is tried this often before it lets the others pass. */
const STUMBLES = 5

/** Everything on this phone, oldest first: what is being written, what is on its way, what was refused. */
export const drafts = shallowRef<Draft[]>([])
export const outgoing = computed(() => drafts.value.filter((draft) => draft.queued))
/** How far each photo got, 0 to 1, by id. */
export const progress = shallowReactive(new Map<string, number>())
/** What this phone itself can show of them, by id. */
export const thumbs = shallowReactive(new Map<string, string>())

/** Nobody answers, or not now: it is tried again. */
export const stuck = ref(false)

const others = new BroadcastChannel(LOCK)
const stumbled = new Map<string, number>()
const listeners = new Set<(id: string) => void>()
let started = false

others.onmessage = () => void reload()

/** Told whenever the server knows more of a post than before. */
export function onProgress(tell: (id: string) => void): () => void {
  listeners.add(tell)
  return () => listeners.delete(tell)
}

const isMine = (draft: Draft) => draft.queued && !draft.refused && draft.user === me.value?.id
const nextPhoto = (draft: Draft) => draft.photos.find((photo) => !photo.sent && !photo.refused)
const next = () => drafts.value.find((draft) => isMine(draft) && (!draft.posted || nextPhoto(draft)))

const { flush, hope } = courier(LOCK, sendAll, () => next() !== undefined)

export { flush }

/** False when something must wait for a better moment. */
async function sendAll(): Promise<boolean> {
  await reload()
  for (let draft = next(); draft; draft = next()) {
    stuck.value = !(await sendOne(draft))
    if (stuck.value) return false
    hope()
  }
  return true
}

/** The post first, then its photos, one at a time and in their order. */
async function sendOne(draft: Draft): Promise<boolean> {
  const photo = draft.posted ? nextPhoto(draft) : undefined
  try {
    if (photo) await sendPhoto(draft, photo)
    else await sendPost(draft)
  } catch (error) {
    return refused(draft, photo, error)
  }
  for (const tell of listeners) tell(draft.id)
  return true
}

async function sendPost(draft: Draft): Promise<void> {
  const { id, home, text, therapy, session } = draft
  const photos = draft.photos.map(({ id, tags }) => ({ id, tags }))
  const answer = await post("/api/moments", { body: { id, home, text, therapy: therapy || null, session, photos } })
  // A hotel's sign-in page also answers 200.
  if (answer.id !== id) throw new OfflineError()
  await settle({ ...draft, posted: true })
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

/** What the server will never take is set aside with its sentence; for everything else there is another try. */
async function refused(draft: Draft, photo: DraftPhoto | undefined, error: unknown): Promise<boolean> {
  if (!(error instanceof Told)) throw error
  if (!(error instanceof ApiError)) return false
  const key = photo?.id ?? draft.id
  const stumbles = (stumbled.get(key) ?? 0) + Number(error.status === 500)
  stumbled.set(key, stumbles)
  const never = NEVER.has(error.status) && (error.ours || error.status === 413)
  if (!never && stumbles < STUMBLES) return false
  await settle(photo ? withPhoto(draft, { ...photo, refused: error.message }) : { ...draft, refused: error.message })
  return true
}

/** Kept as it is by now; gone from this phone once all of it is on the server. */
async function settle(draft: Draft): Promise<void> {
  if (draft.posted && draft.photos.every((photo) => photo.sent)) await drop(draft.id)
  else await keep(draft)
  await changed()
}

export async function publish(draft: Draft): Promise<void> {
  const { refused: _refused, ...fresh } = draft
  stumbled.delete(draft.id)
  await keep({ ...fresh, queued: draft.queued ?? Date.now() })
  await changed()
  hope()
  void flush()
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

/** Another file in the place of one that was refused, here or by the darkroom. */
export async function replace(post: { id: string; home: number }, photo: string, found: Omit<Picture, "id" | "post">) {
  const mine = drafts.value.find(({ id }) => id === post.id) ?? {
    ...{ id: post.id, user: me.value?.id ?? 0, home: post.home, text: "", therapy: "" as const, session: null },
    ...{ photos: [], queued: Date.now(), posted: true as const },
  }
  const fresh = { id: photo, tags: mine.photos.find(({ id }) => id === photo)?.tags ?? null }
  const photos = mine.photos.some(({ id }) => id === photo) ? withPhoto(mine, fresh).photos : [...mine.photos, fresh]
  stumbled.delete(photo)
  await keepPicture({ id: photo, post: post.id, ...found }, { ...mine, photos })
  await changed()
  hope()
  void flush()
}

/** A refused photo is left out; the rest of the post stays. */
export async function leaveOut(draft: Draft, photo: string): Promise<void> {
  await settle({ ...draft, photos: draft.photos.filter(({ id }) => id !== photo) })
}

export async function changed(): Promise<void> {
  await reload()
  others.postMessage(0)
}

export async function reload(): Promise<void> {
  drafts.value = await all().catch(() => [])
  const photos = drafts.value.flatMap((draft) => draft.photos.filter((photo) => !photo.sent).map(({ id }) => id))
  unsent.value = photos.length + drafts.value.filter((draft) => !draft.photos.length && !draft.posted).length
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
  if (!started) {
    onNetwork(live, () => {
      hope()
      void flush().catch(() => undefined)
    })
  }
  started = true
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
