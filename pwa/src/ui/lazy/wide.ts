import { onUnmounted, type Ref, ref } from "vue"

/** Whether there is room for a table. */
export function useWide(): Ref<boolean> {
  const roomy = window.matchMedia("(min-width: 45em)")
  const wide = ref(roomy.matches)
  const measure = () => {
    wide.value = roomy.matches
  }
  roomy.addEventListener("change", measure)
  onUnmounted(() => roomy.removeEventListener("change", measure))
  return wide
}
