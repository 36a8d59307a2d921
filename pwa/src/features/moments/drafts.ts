import { asked, committed, database } from "@/api/idb"
import type { Therapy } from "@/api/therapies"

/** Where in a photo somebody is. */
export type Box = [number, number, number, number]

/** Who is in a photo: these, nobody, or (null) nobody has said yet. */
export type Marks = { member: number; box: Box | null }[] | "nobody" | null

export interface DraftPhoto {
  id: string
  tags: Marks
  /** It is on the server. */
  sent?: true
  /** The server's sentence, when it will never take this one. */
  refused?: string
}

/** What was changed in a post that is out: its words, its photos in their order with who is in them, those that go. */
export interface Edit {
  text: string
  therapy: Therapy | ""
  photos: Pick<DraftPhoto, "id" | "tags">[]
  removed: string[]
  /** The server's sentence, when it will not have it so. */
  refused?: string
}

/** A post on this phone: being written, or (`queued`) on its way. */
export interface Draft {
  id: string
  user: number
  home: number
  text: string
  therapy: Therapy | ""
  session: number | null
  photos: DraftPhoto[]
  /** Since when it may go up, ms. */
  queued?: number
  /** The server knows the post; photos may still be missing. */
  posted?: true
  refused?: string
  /** Of a post that is out, and not on the server yet. */
  edit?: Edit
}

export interface Picture {
  id: string
  post: string
  blob: Blob
  /** Small, for the screen; null where this browser cannot read the photo. */
  thumb: Blob | null
}

/** One person's, and wiped at sign-out. Not among what api/db.ts remembers: an old version in another tab would not know these tables. */
const disk = database("yizhan-moments", 1, (db) => {
  db.createObjectStore("posts", { keyPath: "id" })
  db.createObjectStore("pictures", { keyPath: "id" }).createIndex("post", "post")
})

const writing = async (): Promise<IDBTransaction> =>
  (await disk()).transaction(["posts", "pictures"], "readwrite", { durability: "strict" })

/** When this returns, it is on disk. */
export async function keep(draft: Draft): Promise<void> {
  const write = await writing()
  write.objectStore("posts").put(JSON.parse(JSON.stringify(draft)))
  await committed(write)
}

/** A photo and the draft that names it, both or neither. */
export async function keepPicture(picture: Picture, draft: Draft): Promise<void> {
  const write = await writing()
  write.objectStore("pictures").put(picture)
  write.objectStore("posts").put(JSON.parse(JSON.stringify(draft)))
  await committed(write)
}

export async function dropPicture(id: string, draft: Draft): Promise<void> {
  const write = await writing()
  write.objectStore("pictures").delete(id)
  write.objectStore("posts").put(JSON.parse(JSON.stringify(draft)))
  await committed(write)
}

export async function drop(id: string): Promise<void> {
  const write = await writing()
  write.objectStore("posts").delete(id)
  const pictures = write.objectStore("pictures")
  for (const key of await asked(pictures.index("post").getAllKeys(id))) pictures.delete(key)
  await committed(write)
}

export async function all(): Promise<Draft[]> {
  const posts = (await disk()).transaction("posts").objectStore("posts")
  return (await asked(posts.getAll())) as Draft[]
}

export async function pictureOf(id: string): Promise<Picture | undefined> {
  const pictures = (await disk()).transaction("pictures").objectStore("pictures")
  return (await asked(pictures.get(id))) as Picture | undefined
}

export async function picturesOf(post: string): Promise<Picture[]> {
  const pictures = (await disk()).transaction("pictures").objectStore("pictures")
  return (await asked(pictures.index("post").getAll(post))) as Picture[]
}

export async function wipe(): Promise<void> {
  const write = await writing()
  write.objectStore("posts").clear()
  write.objectStore("pictures").clear()
  await committed(write)
}
