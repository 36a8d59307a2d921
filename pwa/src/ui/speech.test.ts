import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { hush, say, speaking } from "./speech"

interface Utterance {
  text: string
  lang: string
  voice: { name: string } | null
  onend: (() => void) | null
}

const voice = (name: string, lang: string, localService: boolean) => ({ name, lang, localService })
const spoken: Utterance[] = []
const engine = new EventTarget() as EventTarget & Record<string, unknown>
let voices: ReturnType<typeof voice>[]

beforeEach(() => {
  vi.useFakeTimers()
  spoken.length = 0
  voices = []
  Object.assign(engine, { getVoices: () => voices, speak: (words: Utterance) => spoken.push(words), cancel: vi.fn() })
  vi.stubGlobal("speechSynthesis", engine)
  vi.stubGlobal(
    "SpeechSynthesisUtterance",
    class {
      constructor(readonly text: string) {}
    },
  )
})
afterEach(() => {
  hush()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it("reads with a Chinese voice, by preference one that needs no network", async () => {
  voices = [voice("Anna", "de-DE", true), voice("Cloud", "zh-CN", false), voice("Tingting", "zh-CN", true)]
  expect(await say("志强，已到家园")).toBe(true)
  expect([spoken[0]?.text, spoken[0]?.voice?.name, speaking.value]).toEqual(["志强，已到家园", "Tingting", true])
  spoken[0]?.onend?.()
  expect(speaking.value).toBe(false)
})

it("waits for a browser that knows its voices only a moment later", async () => {
  const heard = say("志强")
  voices = [voice("Tingting", "zh-CN", true)]
  engine.dispatchEvent(new Event("voiceschanged"))
  expect(await heard).toBe(true)
})

it("says no where no voice speaks Chinese, and keeps nobody waiting for it", async () => {
  voices = [voice("Anna", "de-DE", true)]
  const heard = say("志强")
  await vi.advanceTimersByTimeAsync(1_500)
  expect([await heard, speaking.value, spoken]).toEqual([false, false, []])
})

it("says no where nothing can speak", async () => {
  vi.unstubAllGlobals()
  Reflect.deleteProperty(window, "speechSynthesis")
  expect(await say("志强")).toBe(false)
})
