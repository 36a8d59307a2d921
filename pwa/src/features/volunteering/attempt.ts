import { ref } from "vue"
import { ApiError, sentence, Told } from "@/api/errors"
import { dismiss } from "@/ui/toast"

/** One thing at a time, with what the server said about it. Answers whether it went through. */
export function useAttempt() {
  const busy = ref(false)
  const problem = ref("")
  /** The refusal's code, for what the page itself can mend. */
  const code = ref("")
  async function attempt(work: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    problem.value = code.value = ""
    dismiss()
    try {
      await work()
      return true
    } catch (error) {
      if (!(error instanceof Told)) throw error
      problem.value = sentence(error)
      code.value = error instanceof ApiError ? error.code : "offline"
      return false
    } finally {
      busy.value = false
    }
  }
  return { busy, problem, code, attempt }
}
