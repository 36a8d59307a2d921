import { reactive, ref, watch } from "vue"
import { sentence } from "@/api/errors"
import { me } from "@/api/session"
import { uuid7 } from "@/api/uuid7"
import { type Draft, drop, dropPicture, keep, keepPicture } from "./drafts"
import { MOST, readied } from "./picking"
import { changed, drafts, publish, reload, thumbs } from "./queue"

const blank = (home: number): Draft => ({
  id: uuid7(),
  user: me.value?.id ?? 0,
  home,
  text: "",
  therapy: "",
  session: null,
  photos: [],
})

const isEmpty = (draft: Draft) => !draft.text.trim() && !draft.photos.length

/** The one post being written here, on disk from its first word or photo on. */
export async function openDraft(home: number) {
  await reload()
  const mine = drafts.value.find((each) => !each.queued && each.user === me.value?.id && each.home === home)
  const draft = reactive<Draft>(structuredClone(mine) ?? blank(home))
  /** Photos chosen and not yet taken in. */
  const coming = ref(0)
  const problem = ref("")
  let open = true
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = (work: () => Promise<void>) => {
    last = last.then(work, work)
    return last
  }

  const stop = watch(draft, () => void inTurn(async () => (open && !isEmpty(draft) ? keep(draft) : undefined)))

  async function add(files: File[]) {
    problem.value = ""
    const room = MOST - draft.photos.length
    if (files.length > room) problem.value = `一条动态最多 ${MOST} 张，先放进了前面的 ${room} 张。`
    coming.value += Math.min(room, files.length)
    for (const file of files.slice(0, room)) {
      await inTurn(() => takeIn(file))
      coming.value -= 1
    }
  }

  async function takeIn(file: File) {
    try {
      const { blob, thumb } = await readied(file)
      // Who has left or thrown it away meanwhile does not find it begun anew.
      if (!open) return
      const id = uuid7()
      await keepPicture(
        { id, post: draft.id, blob, thumb },
        { ...draft, photos: [...draft.photos, { id, tags: null }] },
      )
      if (thumb) thumbs.set(id, URL.createObjectURL(thumb))
      draft.photos.push({ id, tags: null })
    } catch (error) {
      problem.value = sentence(error)
    }
  }

  async function remove(index: number) {
    const [gone] = draft.photos.splice(index, 1)
    if (gone) await inTurn(() => dropPicture(gone.id, draft))
  }

  /** No more of this page's writing comes after it. */
  async function close() {
    open = false
    stop()
    await last
  }

  async function send() {
    await close()
    await publish({ ...draft, text: draft.text.trim() })
  }

  async function throwAway() {
    await close()
    await drop(draft.id)
    await changed()
  }

  return {
    draft,
    coming,
    problem,
    continued: Boolean(mine),
    isEmpty: () => isEmpty(draft),
    add,
    remove,
    close,
    send,
    throwAway,
  }
}
