import { watch } from "vue"
import type { Router } from "vue-router"
import { onUnauthorised } from "@/api/client"
import { forgetEverything } from "@/api/db"
import { forgetRole, loadMe, me, set, signedIn } from "@/api/session"
import { keepOffer } from "@/features/account/install"

/** Socket, inbox, queue and push come after the first paint. */
const online = () => import("./online")

/** Joins the parts that know nothing of each other. */
export function startShell(router: Router): void {
  keepOffer()
  onUnauthorised((code) => (code === "held" ? void loadMe().catch(() => undefined) : set(null)))
  watch(me, async (person, before) => {
    if (person) await (await online()).goOnline(person, person.id !== before?.id, router)
  })
  watch(signedIn, (now, before) => {
    if (now === false) void farewell(Boolean(before), router)
  })
  void import("./worker").then(({ registerWorker }) => registerWorker()).catch(() => undefined)
}

/** Nothing of the person stays on this phone, in no store and in no variable. The unsent taps are not theirs alone and stay. */
async function farewell(wasIn: boolean, router: Router): Promise<void> {
  forgetRole()
  await Promise.allSettled([forgetEverything(), wasIn && online().then(({ goOffline }) => goOffline())])
  if (!wasIn) return
  const here = router.currentRoute.value
  const next = here.meta.public || here.path.startsWith("/me") ? "" : `?next=${encodeURIComponent(here.fullPath)}`
  window.location.replace(`/sign-in${next}`)
}
