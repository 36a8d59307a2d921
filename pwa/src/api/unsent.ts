import { ref } from "vue"

/** Photos, and posts without any, that lie on this phone alone: they would be lost at sign-out. Counted by who keeps them. */
export const unsent = ref(0)
