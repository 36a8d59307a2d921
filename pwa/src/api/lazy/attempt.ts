import { ref } from "vue"
import { ApiError, sentence, Told } from "../errors"

let before = () => {}

/** Told of every new attempt: what was said of the last one must not lie over what is said of this one. */
export function onAttempt(tell: () => void): void {
  before = tell
}

/** One thing at a time, with what was said of it: a sentence, by field, and as a code. Answers whether it went through. */
export function useAttempt() {
  const busy = ref(false)
  const problem = ref("")
  const fields = ref<Record<string, string>>({})
  /** For what the page itself can mend. */
  const code = ref("")
  async function attempt(work: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    problem.value = code.value = ""
    fields.value = {}
    before()
    try {
      await work()
      return true
    } catch (error) {
      problem.value = sentence(error)
      // A fault of ours is told to the reader and to the console.
      if (!(error instanceof Told)) throw error
      if (error instanceof ApiError) fields.value = error.fields
      code.value = error instanceof ApiError ? error.code : "offline"
      return false
    } finally {
      busy.value = false
    }
  }
  return { busy, problem, fields, code, attempt }
}
