import { computed, ref } from "vue"
import { me } from "./session"
import type { Post } from "./types"

const KEY = "door-home"
const chosen = ref(Number(localStorage.getItem(KEY)) || null)

export const posts = computed<Post[]>(() => me.value?.posts ?? [])
/** The post this person holds at the Home they work for now; who works at several chooses. */
export const own = computed(() => posts.value.find(({ home }) => home.id === chosen.value) ?? posts.value[0] ?? null)
export const home = computed(() => own.value?.home ?? null)
export const isManager = computed(() => own.value?.role === "manager")

export function chooseHome(id: number): void {
  chosen.value = id
  localStorage.setItem(KEY, String(id))
}
