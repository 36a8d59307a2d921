import { Blob } from "node:buffer"
import { beforeEach, describe, expect, it, vi } from "vitest"
import { fakeServer, OFFLINE, refusing } from "@/api/test/fakeServer"
import type { Me } from "@/api/types"
import { uuid7 } from "@/api/uuid7"
import type { Draft } from "./drafts"

const TEACHER = 2
/** What the server was sent, in order: "post ID", "photo 1". */
let received: string[] = []
let names = new Map<string, string>()
let onPost: () => unknown = () => undefined
let onPhoto: (name: string) => number | "offline" | { status: number; message: string } = () => 202

/** An upload that tells how far it got, as browsers do. */
class Request {
  upload: { onprogress?: (event: object) => void } = {}
  status = 0
  responseText = ""
  onload = () => undefined
  onerror = () => undefined
  private photo = ""
  open(_method: string, url: string) {
    this.photo = url.split("/").at(-1) ?? ""
  }
  setRequestHeader() {}
  abort() {}
  send() {
    const name = names.get(this.photo) ?? this.photo
    const answer = onPhoto(name)
    this.upload.onprogress?.({ loaded: 1, total: 2, lengthComputable: true })
    if (answer === "offline") return this.onerror()
    received.push(name)
    this.status = typeof answer === "number" ? answer : answer.status
    this.responseText =
      typeof answer === "number" ? "" : JSON.stringify({ code: "", message: answer.message, fields: {} })
    this.onload()
  }
}

function lockManager() {
  let last: Promise<unknown> = Promise.resolve()
  const request = (_: string, run: () => Promise<unknown>) => {
    last = last.then(run, run)
    return last
  }
  return { request }
}

/** A fresh start of the app on the same phone: new variables, the same disk. */
async function start(user = TEACHER) {
  vi.resetModules()
  const [queue, session, disk] = await Promise.all([import("./queue"), import("@/api/session"), import("./drafts")])
  session.me.value = { id: user, posts: [{ id: 7, home: { id: 1 } }], relatives: [] } as unknown as Me
  await queue.startQueue(user)
  return { ...queue, ...disk }
}

/** A post of some photos, written here. */
async function written(photos: number, more: Partial<Draft> = {}): Promise<Draft> {
  const { keepPicture, keep } = await import("./drafts")
  const draft: Draft = {
    id: uuid7(),
    user: TEACHER,
    home: 1,
    text: "大丰收",
    therapy: "farm",
    session: 3,
    photos: [],
    ...more,
  }
  for (let number = 1; number <= photos; number += 1) {
    const id = uuid7()
    names.set(id, `photo ${number}`)
    draft.photos.push({ id, tags: null })
    const blob = new Blob([`photo ${number}`], { type: "image/jpeg" }) as unknown as globalThis.Blob
    await keepPicture({ id, post: draft.id, blob, thumb: blob }, draft)
  }
  if (!photos) await keep(draft)
  return draft
}

beforeEach(async () => {
  received = []
  names = new Map()
  onPost = () => undefined
  onPhoto = () => 202
  vi.stubGlobal("XMLHttpRequest", Request)
  vi.spyOn(URL, "createObjectURL").mockReturnValue("blob:thumb")
  Object.defineProperty(navigator, "locks", { value: lockManager(), configurable: true })
  fakeServer(({ method, path, body }) => {
    if (method === "DELETE") return undefined
    const { id } = body as { id: string }
    const answer = path === "/api/moments" ? onPost() : undefined
    if (answer) return answer
    received.push("post")
    return { id, photos: [] }
  })
  const { wipe } = await import("./drafts")
  await wipe()
})

const nine = ["post", ...Array.from({ length: 9 }, (_, index) => `photo ${index + 1}`)]

describe("a post on its way", () => {
  it("goes up with its photos one after the other, in their order, and leaves nothing on the phone", async () => {
    const app = await start()
    await app.publish(await written(9))
    await vi.waitFor(() => expect(received).toEqual(nine))
    await vi.waitFor(async () => expect(await app.all()).toEqual([]))
    expect(await app.pictureOf([...names.keys()][0] ?? "")).toBeUndefined()
  })

  it("goes on where it was after the network died twice and the phone once", async () => {
    onPost = () => OFFLINE
    const before = await start()
    await before.publish(await written(9))
    await before.flush()
    expect(received).toEqual([])
    onPost = () => undefined
    onPhoto = (name) => (name === "photo 4" ? "offline" : 202)
    await before.flush()
    onPhoto = () => 202
    const after = await start()
    expect(after.outgoing.value).toEqual([])
    expect(received).toEqual(nine)
  })

  it.each([
    ["a hotel's sign-in page answered", () => new Response("<html>请先登录 Wi-Fi</html>", { status: 200 })],
    ["the answer was about another", () => Response.json({ id: "another" })],
  ])("sends the post again under its id when %s, and no photo before", async (_what, answer) => {
    onPost = answer
    const app = await start()
    await app.publish(await written(2))
    await app.flush()
    expect(received).toEqual([])
    onPost = () => undefined
    await app.flush()
    expect(received).toEqual(["post", "photo 1", "photo 2"])
  })

  it("sets one refused photo aside with its sentence, and the others go up", async () => {
    onPhoto = (name) => (name === "photo 2" ? { status: 422, message: "这不是照片，请换一张。" } : 202)
    const app = await start()
    const draft = await written(3)
    await app.publish(draft)
    await vi.waitFor(() => expect(received).toEqual(["post", "photo 1", "photo 2", "photo 3"]))
    await vi.waitFor(() =>
      expect(app.outgoing.value[0]?.photos.map(({ sent }) => sent)).toEqual([true, undefined, true]),
    )
    expect(app.outgoing.value[0]?.photos[1]?.refused).toBe("这不是照片，请换一张。")
    onPhoto = () => 202
    const other = new Blob(["another"]) as unknown as globalThis.Blob
    await app.replace(draft, draft.photos[1]?.id ?? "", { blob: other, thumb: null })
    await vi.waitFor(() => expect(app.outgoing.value).toEqual([]))
    expect(received.at(-1)).toBe("photo 2")
  })

  it("takes another photo for one that the photo worker refused later", async () => {
    const app = await start()
    const blob = new Blob(["another"]) as unknown as globalThis.Blob
    await app.replace({ id: "p1", home: 1 }, "dark", { blob, thumb: null })
    await vi.waitFor(() => expect(received).toEqual(["dark"]))
  })

  it("that was refused waits for a person, and lets the next one pass", async () => {
    onPost = () => refusing(422, "这场活动已经不在了，请重新选。")
    const app = await start()
    const first = await written(1)
    await app.publish(first)
    await vi.waitFor(() => expect(app.outgoing.value[0]?.refused).toBe("这场活动已经不在了，请重新选。"))
    onPost = () => undefined
    await app.publish(await written(0))
    await vi.waitFor(() => expect(received).toEqual(["post"]))
    const refused = app.outgoing.value[0]
    if (!refused) throw new Error("nothing was refused")
    await app.withdraw(refused)
    expect([app.outgoing.value, app.drafts.value[0]?.text]).toEqual([[], "大丰收"])
    await app.publish(refused)
    await vi.waitFor(() => expect(received).toEqual(["post", "post", "photo 1"]))
  })

  it.each([401, 403, 429, 503])("waits when the server answers %i", async (status) => {
    onPost = () => refusing(status, "请过一会儿再试。")
    const app = await start()
    await app.publish(await written(1))
    await app.flush()
    expect(app.outgoing.value.map(({ refused }) => refused)).toEqual([undefined])
  })

  it("shows how far each photo got", async () => {
    onPhoto = () => "offline"
    const app = await start()
    const draft = await written(1)
    await app.publish(draft)
    await app.flush()
    expect(app.progress.get(draft.photos[0]?.id ?? "")).toBe(0.5)
  })
})

describe("what lies on the phone", () => {
  it("is counted for whoever wants to sign out: photos, and words without any", async () => {
    onPost = () => OFFLINE
    const app = await start()
    await app.publish(await written(3))
    await written(0)
    await app.reload()
    expect(app.unsent.value).toBe(4)
    await app.forget()
    expect([app.unsent.value, await app.all()]).toEqual([0, []])
  })

  it("is one person's: another who signs in finds it gone, and sends nothing of it", async () => {
    onPost = () => OFFLINE
    const teacher = await start()
    await teacher.publish(await written(1))
    await teacher.flush()
    onPost = () => undefined
    const other = await start(TEACHER + 1)
    await other.flush()
    expect([received, await other.all()]).toEqual([[], []])
  })
})
