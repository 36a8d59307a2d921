import { useAttempt as useOne } from "@/api/rare/attempt"
import { dismiss } from "@/ui/toast"

/** What was said of the last one must not lie over what is said of this one. */
export const useAttempt = () => useOne(dismiss)
