import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { OfflineError } from "./errors"
import { upload } from "./upload"

/** The browser's request, which a test ends as it likes. */
class Request {
  static last: Request
  upload: { onprogress?: (event: object) => void } = {}
  status = 0
  responseText = ""
  onload = () => undefined
  onerror = () => undefined
  onabort = () => undefined
  constructor() {
    Request.last = this
  }
  open() {}
  setRequestHeader() {}
  send() {}
  abort() {
    this.onabort()
  }
  end(status: number, words: string) {
    this.status = status
    this.responseText = words
    this.onload()
  }
}

const parts: number[] = []
const start = async () => {
  const done = upload<unknown>("PUT", "/api/photo", new Blob(["x"]), (part) => parts.push(part))
  await Promise.resolve()
  await Promise.resolve()
  return { done }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] })
  vi.stubGlobal("XMLHttpRequest", Request)
  // biome-ignore lint/suspicious/noDocumentCookie: happy-dom has no Cookie Store.
  document.cookie = "csrftoken=abc"
  parts.length = 0
})
afterEach(() => vi.useRealTimers())

it.each([
  [200, '{"id": 1}', { id: 1 }],
  [202, "", undefined],
])("answers %i with what was said", async (status, words, answer) => {
  const { done } = await start()
  Request.last.upload.onprogress?.({ loaded: 1, total: 4, lengthComputable: true })
  Request.last.end(status, words)
  expect([await done, parts]).toEqual([answer, [0.25]])
})

it.each([
  ["a hotel's sign-in page", 200, "<html>请先登录 Wi-Fi</html>"],
  ["nothing", 200, ""],
])("takes %s for no answer", async (_what, status, words) => {
  const { done } = await start()
  Request.last.end(status, words)
  await expect(done).rejects.toThrow(OfflineError)
})

it("goes on for as long as something moves, and gives up when nothing does", async () => {
  const { done } = await start()
  const ended = expect(done).rejects.toThrow("没有传完")
  for (let minute = 0; minute < 5; minute += 1) {
    vi.advanceTimersByTime(40_000)
    Request.last.upload.onprogress?.({ loaded: minute, total: 5, lengthComputable: true })
  }
  expect(parts).toHaveLength(5)
  vi.advanceTimersByTime(45_000)
  await ended
})
