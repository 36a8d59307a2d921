import { ref } from "vue"

const KEY = "care"

/** 关怀版: large type, read aloud, one action a screen. A setting of this phone, not of the person. */
export const care = ref(false)

export function setCare(on: boolean): void {
  care.value = on
  document.documentElement.classList.toggle("care", on)
  localStorage.setItem(KEY, on ? "1" : "")
}

export function startCare(): void {
  setCare(localStorage.getItem(KEY) === "1")
}
