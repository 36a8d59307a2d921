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

/** The one post being written here, on disk from its first word or photo on. */
export async function openDraft(home: number): Promise<Composition> {
  await reload()
  const mine = drafts.value.find((each) => !each.queued && each.user === me.value?.id && each.home === home)
  return new Composition(structuredClone(mine) ?? blank(home), Boolean(mine))
}

class Composition {
  readonly draft: Draft
  /** Photos chosen and not yet taken in. */
  readonly coming = ref(0)
  readonly problem = ref("")
  private open = true
  private last: Promise<unknown> = Promise.resolve()
  private readonly stop: () => void

  constructor(
    draft: Draft,
    readonly continued: boolean,
  ) {
    this.draft = reactive(draft)
    this.stop = watch(
      this.draft,
      () => void this.inTurn(async () => (this.open && !this.isEmpty() ? keep(this.draft) : undefined)),
    )
  }

  isEmpty(): boolean {
    return !this.draft.text.trim() && !this.draft.photos.length
  }

  async add(files: File[]): Promise<void> {
    const room = MOST - this.draft.photos.length
    this.problem.value = files.length > room ? `一条动态最多 ${MOST} 张，先放进了前面的 ${room} 张。` : ""
    this.coming.value += Math.min(room, files.length)
    for (const file of files.slice(0, room)) {
      await this.inTurn(() => this.takeIn(file))
      this.coming.value -= 1
    }
  }

  async remove(index: number): Promise<void> {
    const [gone] = this.draft.photos.splice(index, 1)
    if (gone) await this.inTurn(() => dropPicture(gone.id, this.draft))
  }

  /** No more of this page's writing comes after it. */
  async close(): Promise<void> {
    this.open = false
    this.stop()
    await this.last
  }

  async send(): Promise<void> {
    await this.close()
    await publish({ ...this.draft, text: this.draft.text.trim() })
  }

  async throwAway(): Promise<void> {
    await this.close()
    await drop(this.draft.id)
    await changed()
  }

  private inTurn(work: () => Promise<void>): Promise<unknown> {
    this.last = this.last.then(work, work)
    return this.last
  }

  private async takeIn(file: File): Promise<void> {
    const { draft } = this
    try {
      const { blob, thumb } = await readied(file)
      // Who has left or thrown it away meanwhile does not find it begun again.
      if (!this.open) return
      const id = uuid7()
      const photos = [...draft.photos, { id, tags: null }]
      await keepPicture({ id, post: draft.id, blob, thumb }, { ...draft, photos })
      if (thumb) thumbs.set(id, URL.createObjectURL(thumb))
      draft.photos.push({ id, tags: null })
    } catch (error) {
      this.problem.value = sentence(error)
    }
  }
}
