import { ref } from "vue"
import { Told } from "@/api/errors"

/** One thing at a time, with what was said of it. Answers whether it went through. */
export function useAttempt() {
  const busy = ref(false)
  const problem = ref("")
  async function attempt(work: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    problem.value = ""
    try {
      await work()
      return true
    } catch (error) {
      if (!(error instanceof Told)) throw error
      problem.value = error.message
      return false
    } finally {
      busy.value = false
    }
  }
  return { busy, problem, attempt }
}
