import { ref } from "vue"
import { ApiError, sentence, Told } from "@/api/errors"

/** One thing at a time, with what the server said about it, as a sentence and by field. Answers whether it went through. */
export function useAttempt() {
  const busy = ref(false)
  const problem = ref("")
  const fields = ref<Record<string, string>>({})
  async function attempt(work: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    problem.value = ""
    fields.value = {}
    try {
      await work()
      return true
    } catch (error) {
      if (!(error instanceof Told)) throw error
      problem.value = sentence(error)
      fields.value = error instanceof ApiError ? error.fields : {}
      return false
    } finally {
      busy.value = false
    }
  }
  return { busy, problem, fields, attempt }
}
