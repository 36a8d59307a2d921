import { shallowRef } from "vue"

export interface Toast {
  text: string
  action?: { label: string; run: () => void }
}

const STAY_MS = 5_000
const STAY_WITH_ACTION_MS = 12_000

/** The one message on show. Whatever its action does can also be done elsewhere: nothing needed ever vanishes. */
export const current = shallowRef<Toast | null>(null)
let timer: ReturnType<typeof setTimeout> | undefined

export function toast(text: string, action?: Toast["action"]): void {
  current.value = action ? { text, action } : { text }
  linger()
}

export function dismiss(): void {
  clearTimeout(timer)
  current.value = null
}

/** While a finger or the focus rests on it, it stays. */
export function hold(): void {
  clearTimeout(timer)
}

export function linger(): void {
  clearTimeout(timer)
  timer = setTimeout(dismiss, current.value?.action ? STAY_WITH_ACTION_MS : STAY_MS)
}
