import type { Router } from "vue-router"
import { forgetUnlessSame } from "@/api/forget"
import { closeInbox, listen, openInbox, sync } from "@/api/inbox"
import { onAttempt } from "@/api/lazy/attempt"
import { followPage } from "@/api/live"
import { clear } from "@/api/pushState"
import { followNetwork } from "@/api/retryQueue"
import { signedIn } from "@/api/session"
import { live } from "@/api/socket"
import { allow } from "@/api/tapQueue"
import type { Me } from "@/api/types"
import { heal } from "@/features/account/push"
import { dismiss } from "@/ui/toast"

const quietly = () => undefined
let started = false
/** Only staff has photos to send. */
const photos = () => import("@/features/moments/queue")
const checkIns = () => import("@/features/volunteering/checkins/checkins")

/** What runs while somebody is signed in: the socket, the inbox, the door's queue, this phone's push address. */
export async function goOnline(person: Me, isNew: boolean, router: Router): Promise<void> {
  if (!started) start(router)
  void forgetUnlessSame(person).catch(quietly)
  void allow(person.posts.map((post) => post.home.id)).catch(quietly)
  if (!person.held) startQueues(person)
  // What waits at a door must not be the browser's to throw away.
  if (isNew && person.posts.length) void navigator.storage?.persist?.().catch(quietly)
  if (!isNew || person.held) return
  await openInbox(person.id)
  live.wake()
  void heal().catch(quietly)
  await sync().catch(quietly)
}

function startQueues(person: Me): void {
  void checkIns()
    .then(({ startQueue }) => startQueue())
    .catch(quietly)
  if (person.posts.length)
    void photos()
      .then(({ startQueue }) => startQueue(person.id))
      .catch(quietly)
}

/** What the door remembers of people goes, too; 关怀版 and the Home are this device's own. */
export async function goOffline(): Promise<void> {
  for (const key of ["door-keeper", "door-modes"]) localStorage.removeItem(key)
  live.stop()
  closeInbox()
  await Promise.allSettled([clear(), allow([]), photos().then(({ forget }) => forget())])
}

function start(router: Router): void {
  started = true
  onAttempt(dismiss)
  listen(live)
  followPage(live, () => Boolean(signedIn.value))
  followNetwork(live)
  navigator.serviceWorker?.addEventListener("message", ({ data }: MessageEvent<{ type?: string; to?: string }>) => {
    if (data?.type === "navigate" && data.to) void router.push(data.to)
    if (data?.type === "push") void sync().catch(quietly)
    if (data?.type === "resubscribe") void heal().catch(quietly)
  })
}
