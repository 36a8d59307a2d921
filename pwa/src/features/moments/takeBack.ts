import { shallowReactive, watch } from "vue"
import { del } from "@/api/client"
import { sentence } from "@/api/errors"
import { current, toast } from "@/ui/toast"
import { remove } from "./moments"

/** Not shown here any more; gone for all, with everything that was said, once nobody calls it back. */
export const takenBack = shallowReactive(new Set<string>())

const url = "/api/moments/{moment_id}"

/** There is no way back on the server: for as long as the offer to undo stands on the screen, it is not asked. */
export function takeBack(id: string): void {
  takenBack.add(id)
  let undone = false
  toast("撤回了", { label: "撤销", run: callBack })
  function callBack() {
    undone = true
  }
  const offer = current.value
  const stop = watch(current, (now) => {
    if (now !== offer) void settle()
  })
  // Whoever puts the phone away has decided, too.
  const leave = () => void settle()
  window.addEventListener("pagehide", leave)

  async function settle() {
    stop()
    window.removeEventListener("pagehide", leave)
    if (undone) return void takenBack.delete(id)
    try {
      await del(url, { path: { moment_id: id }, keepalive: true })
      remove(id)
    } catch (error) {
      toast(`没能撤回：${sentence(error)}`)
    } finally {
      takenBack.delete(id)
    }
  }
}
