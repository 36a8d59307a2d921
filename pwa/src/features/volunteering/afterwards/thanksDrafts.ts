import { watch } from "vue"
import { me } from "@/api/session"

interface Draft {
  text: string
  post: string | null
}

const kept = new Map<string, Draft>()
watch(
  () => me.value?.id,
  () => kept.clear(),
)

/** What was begun stays while the teacher goes to post photos first. */
export function drafts(event: string): Draft {
  const draft = kept.get(event) ?? { text: "", post: null }
  kept.set(event, draft)
  return draft
}
