import { ref } from "vue"

/** What a screen reader says next, politely: one place for all, so that nothing is said twice. */
export const aloud = ref("")

export function announce(words: string): void {
  aloud.value = words
}
