import { flushPromises } from "@vue/test-utils"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { forgetEverything } from "@/api/db"
import { fakeServer } from "@/api/test/fakeServer"
import { type Event, eventOf } from "../events/events"
import { button, look, type Seen } from "../records/testing"
import { event } from "../testing"
import CoverSheet from "./CoverSheet.vue"

/** Uploads go by XMLHttpRequest, which tells how far they got. */
class Request {
  static sent: { what: string; body: unknown }[] = []
  static answer = ""
  upload = {}
  status = 200
  responseText = ""
  what = ""
  onload = () => undefined
  open(method: string, url: string) {
    this.what = `${method} ${url}`
  }
  setRequestHeader() {}
  abort() {}
  send(body: unknown) {
    Request.sent.push({ what: this.what, body })
    this.responseText = Request.answer
    this.onload()
  }
}

let page: Seen
let asked: string[]

beforeEach(async () => {
  await forgetEverything()
  Request.sent = []
  vi.stubGlobal("XMLHttpRequest", Request)
  asked = fakeServer(({ method }) => (method === "DELETE" ? undefined : event())).asked
  URL.createObjectURL = () => "blob:preview"
  URL.revokeObjectURL = () => undefined
  vi.stubGlobal("createImageBitmap", () => Promise.reject(new Error("HEIC")))
})
afterEach(() => page.unmount())

const show = async (changes: Partial<Event> = {}) => {
  await eventOf(event().id).refresh()
  page = await look(CoverSheet, { event: event(changes), modelValue: true })
}

it("warns of faces, and sends the file itself where this phone cannot make it small", async () => {
  Request.answer = JSON.stringify(event({ picture: "/media/covers/a.webp" }))
  await show()
  expect(page.text()).toContain("不要有员工的脸")
  expect(page.find("svg.cover").exists()).toBe(true)
  const input = page.get<HTMLInputElement>("input[type=file]")
  const photo = new File(["x"], "garden.heic", { type: "image/heic" })
  Object.defineProperty(input.element, "files", { value: [photo] })
  await input.trigger("change")
  await flushPromises()
  expect(Request.sent).toEqual([{ what: `PUT /api/service-events/${event().id}/cover`, body: photo }])
  expect(eventOf(event().id).data.value?.picture).toBe("/media/covers/a.webp")
})

it("takes it away again, and shows the drawn one where the picture is missing", async () => {
  await show({ picture: "/media/covers/a.webp" })
  expect(page.get("img.cover").attributes()).toMatchObject({ src: "/media/covers/a.webp", alt: "" })
  await page.get("img.cover").trigger("error")
  expect(page.find("svg.cover").exists()).toBe(true)
  await button(page, "换回画的封面")?.trigger("click")
  await flushPromises()
  expect(asked).toContain(`DELETE /api/service-events/${event().id}/cover`)
})
