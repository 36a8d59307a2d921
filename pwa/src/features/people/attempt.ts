import { ref } from "vue"
import { ApiError, OfflineError, sentence } from "@/api/errors"
import { dismiss } from "@/ui/toast"

/** One thing at a time, with what the server said about it. Answers whether it went through. */
export function useAttempt() {
  const busy = ref(false)
  const problem = ref("")
  async function attempt(work: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    problem.value = ""
    // What was said of the last one must not lie over what is said of this one.
    dismiss()
    try {
      await work()
      return true
    } catch (error) {
      if (!(error instanceof ApiError || error instanceof OfflineError)) throw error
      problem.value = sentence(error)
      return false
    } finally {
      busy.value = false
    }
  }
  return { busy, problem, attempt }
}
