import { ref } from "vue"

/** True while the phone's own voice reads. */
export const speaking = ref(false)

const VOICES_MS = 1_500
const CHINESE = /^(zh|cmn|yue)/i

/** Reads aloud with a voice of this phone. False when there is none that speaks Chinese: then say so. */
export async function say(text: string): Promise<boolean> {
  if (!("speechSynthesis" in window)) return false
  const voice = await chineseVoice()
  if (!voice) return false
  hush()
  const words = new SpeechSynthesisUtterance(text)
  words.voice = voice
  words.lang = voice.lang
  words.rate = 0.85
  words.onend = words.onerror = () => {
    speaking.value = false
  }
  speaking.value = true
  speechSynthesis.speak(words)
  return true
}

export function hush(): void {
  if ("speechSynthesis" in window) speechSynthesis.cancel()
  speaking.value = false
}

const found = () => {
  const voices = speechSynthesis.getVoices().filter((voice) => CHINESE.test(voice.lang))
  // A voice that lives on the phone also reads without a network.
  return voices.find((voice) => voice.localService) ?? voices[0]
}

/** Some browsers know their voices only a moment after they were first asked. */
async function chineseVoice(): Promise<SpeechSynthesisVoice | undefined> {
  if (found()) return found()
  await new Promise<void>((resolve) => {
    speechSynthesis.addEventListener("voiceschanged", () => resolve(), { once: true })
    setTimeout(resolve, VOICES_MS)
  })
  return found()
}
