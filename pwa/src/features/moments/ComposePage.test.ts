import { Blob } from "node:buffer"
import { flushPromises, mount, type VueWrapper } from "@vue/test-utils"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { createMemoryHistory, createRouter } from "vue-router"
import { forgetEverything } from "@/api/db"
import { chooseRole, me } from "@/api/session"
import { fakeServer, OFFLINE } from "@/api/test/fakeServer"
import type { Me } from "@/api/types"
import { dismiss } from "@/ui/toast"
import ComposePage from "./ComposePage.vue"
import { all, picturesOf, wipe } from "./drafts"
import { reload } from "./queue"
import { person, sunshine } from "./testing"

const TEACHER = 5
const people = [
  person(1, "沈志强"),
  person(2, "周小芳", { allows: ["family"] }),
  ...Array.from({ length: 9 }, (_, index) => person(index + 3, `许志${index}`)),
]
const session = (id: number, state: string, title: string, starts: string, ends: string) => ({
  ...{ id, state, title, therapy: id === 3 ? "farm" : "rehab" },
  ...{ starts_at: `2026-11-25T${starts}:00+08:00`, ends_at: `2026-11-25T${ends}:00+08:00` },
})
const calendar = {
  home: sunshine,
  staff: true,
  days: [],
  sessions: [
    session(2, "done", "晨间早操", "08:40", "09:00"),
    session(3, "now", "采摘青菜", "10:10", "11:00"),
    session(4, "planned", "书法", "15:00", "16:00"),
  ],
}
/** Files this browser cannot read. */
let unreadable: string[] = []
let posted: Record<string, unknown>[] = []
let page: VueWrapper

beforeEach(async () => {
  vi.useFakeTimers({ now: Date.parse("2026-11-25T10:30:00+08:00"), toFake: ["Date"] })
  unreadable = []
  posted = []
  vi.stubGlobal("createImageBitmap", async (file: File) => {
    if (unreadable.includes(file.name)) throw new DOMException("", "InvalidStateError")
    return { width: 4000, height: 3000, close: () => undefined }
  })
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockImplementation(function (this: HTMLCanvasElement) {
    return { canvas: this, fillRect: () => undefined, drawImage: () => undefined } as never
  })
  vi.spyOn(HTMLCanvasElement.prototype, "toBlob").mockImplementation((done) =>
    done(new Blob(["small"], { type: "image/jpeg" }) as unknown as globalThis.Blob),
  )
  vi.spyOn(URL, "createObjectURL").mockReturnValue("blob:picture")
  await forgetEverything()
  await wipe()
  await reload()
  const own = { id: 7, home: sunshine, role: "carer", title: "陆老师", has_pin: true }
  me.value = { id: TEACHER, relatives: [], posts: [own], officer: [], organisations: [] } as unknown as Me
  chooseRole("staff")
  fakeServer(({ method, path, body }) => {
    if (path === "/api/calendar") return calendar
    if (path === "/api/moments/people") return people
    if (method !== "POST") return undefined
    posted.push(body as Record<string, unknown>)
    return OFFLINE
  })
  await open()
})
afterEach(() => {
  page.unmount()
  dismiss()
  vi.useRealTimers()
})

async function open(session?: number) {
  page?.unmount()
  const routes = [{ path: "/:rest(.*)*", component: { render: () => null } }]
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push("/moments/new")
  page = mount(ComposePage, { props: { session }, global: { plugins: [router] }, attachTo: document.body })
  await vi.waitFor(() => expect(button("周小芳") ?? page.find("textarea").exists()).toBeTruthy())
  await vi.waitFor(() => expect(page.text()).toContain("采摘青菜"))
  return router
}
const button = (words: string) =>
  page.findAll("button").find((each) => each.text().includes(words) || each.attributes("aria-label")?.includes(words))
const tap = async (words: string) => {
  await vi.waitFor(() => expect(button(words)).toBeDefined())
  await button(words)?.trigger("click")
  await flushPromises()
}
const pressed = () => page.findAll("[aria-pressed=true]").map((each) => each.text())
const tiles = () => page.findAll(".tile .pick:not(.add)").map((each) => each.attributes("aria-label"))

async function pick(...names: string[]) {
  const files = names.map((name) => new File(["a photo"], name, { type: "image/jpeg" }))
  const input = page.get("input[type=file]")
  Object.defineProperty(input.element, "files", { value: files, configurable: true })
  await input.trigger("change")
  await vi.waitFor(() => expect(page.text()).not.toContain("正在放进来"))
}

/** On this phone's disk. */
const kept = () => vi.waitFor(async () => (await all())[0] ?? Promise.reject(new Error("nothing yet")))

describe("a new post", () => {
  it("is about the running session, in three taps with photos, and waits for the network", async () => {
    expect(pressed()).toEqual(["农疗 · 采摘青菜（正在进行）"])
    await pick("1.jpg", "2.jpg", "3.jpg")
    expect(page.text()).toContain("还没标照片里是谁：先只有老师看得到")
    await tap("发布")
    await vi.waitFor(() => expect(posted).toHaveLength(1))
    const unmarked = expect.objectContaining({ tags: null })
    const photos = [unmarked, unmarked, unmarked]
    expect(posted[0]).toMatchObject({ home: 1, session: 3, therapy: "farm", text: "", photos })
    expect((await kept()).queued).toBeDefined()
  })

  it("is about the session it was begun from, or what the teacher says", async () => {
    await open(2)
    await vi.waitFor(() => expect(pressed()).toEqual(["康疗 · 晨间早操"]))
    await tap("文疗")
    expect(pressed()).toEqual(["文疗"])
  })

  it("lies on the disk from the first photo and word on, and is taken up again", async () => {
    await pick("1.jpg")
    await page.get("textarea").setValue("大丰收")
    await vi.waitFor(async () => expect((await kept()).text).toBe("大丰收"))
    expect(await picturesOf((await kept()).id)).toHaveLength(1)
    await open()
    expect((page.get("textarea").element as HTMLTextAreaElement).value).toBe("大丰收")
    expect(tiles()).toEqual(["第 1 张照片，共 1 张，还没标是谁"])
  })

  it("says who is in each photo, and copies it to those nobody has marked", async () => {
    await pick("1.jpg", "2.jpg", "3.jpg")
    await tap("沈志强")
    await tap("没标的 2 张也是这些人")
    await tap("第 2 张照片")
    await tap("没有人")
    await vi.waitFor(async () =>
      expect((await kept()).photos.map(({ tags }) => tags)).toEqual([
        [{ member: 1, box: null }],
        "nobody",
        [{ member: 1, box: null }],
      ]),
    )
    expect(page.text()).not.toContain("先只有老师看得到")
    expect(button("许志8")).toBeUndefined()
    await tap("全部…")
    expect(button("许志8")).toBeDefined()
  })

  it("asks for a circle around whoever other families may not see", async () => {
    await pick("1.jpg")
    await tap("沈志强")
    expect(page.text()).not.toContain("只同意自己家人看")
    await tap("周小芳")
    expect(page.text()).toContain("小芳只同意自己家人看。第 1 张要给别的家庭看，请用手指圈出小芳，圈里会模糊。")
    await tap("圈出小芳")
    await tap("放一个圈")
    await tap("右移")
    await tap("圈好了")
    expect(page.text()).not.toContain("请用手指圈出小芳")
    await vi.waitFor(async () =>
      expect((await kept()).photos[0]?.tags).toEqual([
        { member: 1, box: null },
        { member: 2, box: [0.39, 0.25, 0.3, 0.3] },
      ]),
    )
  })

  it("warns of a name in the text that other families should not read", async () => {
    await page.get("textarea").setValue("志强和小芳摘了两筐")
    expect(page.text()).toContain("文字里提到了小芳")
    expect(page.text()).not.toContain("提到了志强")
  })

  it("puts photos in another order, and takes one out, by buttons", async () => {
    await pick("1.jpg", "2.jpg", "3.jpg")
    const before = (await kept()).photos.map(({ id }) => id)
    await tap("第 3 张照片")
    await tap("第 3 张往前放")
    await tap("去掉第 2 张")
    await vi.waitFor(async () => expect((await kept()).photos.map(({ id }) => id)).toEqual([before[0], before[1]]))
    expect(await picturesOf((await kept()).id)).toHaveLength(2)
  })

  it("takes nothing in any more once it was thrown away", async () => {
    const files = ["1.jpg", "2.jpg", "3.jpg"].map((name) => new File(["a photo"], name, { type: "image/jpeg" }))
    const input = page.get("input[type=file]")
    Object.defineProperty(input.element, "files", { value: files, configurable: true })
    await input.trigger("change")
    await vi.waitFor(() => expect(tiles().length).toBeGreaterThan(0))
    await tap("取消")
    await tap("不要了")
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(await all()).toEqual([])
  })

  it("takes a file as it is where this phone cannot read it, and then nobody can be encircled", async () => {
    unreadable = ["live.heic"]
    await pick("live.heic")
    expect(page.get(".blind").text()).toContain("传上去才看得到")
    await tap("周小芳")
    expect(button("圈出小芳")).toBeUndefined()
    expect(page.text()).toContain("这张照片传上去以后")
    const [picture] = await picturesOf((await kept()).id)
    expect(picture?.thumb).toBeNull()
  })

  it("takes eighteen photos and says that it left the others", async () => {
    await pick(...Array.from({ length: 20 }, (_, index) => `${index}.jpg`))
    expect(tiles()).toHaveLength(18)
    expect(page.text()).toContain("最多 18 张")
    expect(button("选照片")).toBeUndefined()
  })

  it("is not sent empty", async () => {
    await tap("发布")
    expect(page.text()).toContain("写一句话，或者选几张照片。")
    expect(posted).toEqual([])
  })

  it("is kept or thrown away when it is left", async () => {
    await pick("1.jpg")
    await tap("取消")
    await tap("留着，下次接着写")
    expect((await kept()).photos).toHaveLength(1)
    await tap("不要了")
    await vi.waitFor(async () => expect(await all()).toEqual([]))
  })
})
