import { ref, watch } from "vue"
import { me } from "@/api/session"
import { today } from "./door"

/** What a tap on a face does. It stays through a look at another page, not into another day or another hand. */
export type Verb = "arrive" | "depart" | "look"
export const verb = ref<Verb>("arrive")
watch([today, () => me.value?.id], () => {
  verb.value = "arrive"
})
