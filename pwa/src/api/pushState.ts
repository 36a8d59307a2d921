import { ref } from "vue"

/** What this phone itself, not the server, knows of pushes. Nothing is known where no worker runs. */

/** No push is heard here: it was never allowed, or signing out, or the browser itself, ended the subscription. */
export const silent = ref(false)

export async function checkSilent(): Promise<void> {
  silent.value = window.Notification?.permission !== "granted" || !(await subscription())
}

const worker = () => navigator.serviceWorker?.getRegistration()

export async function subscription(): Promise<PushSubscription | null> {
  return (await (await worker())?.pushManager?.getSubscription()) ?? null
}

/** Takes shown notifications off the phone's screen: those of one conversation, or all. */
export async function clear(thread?: string): Promise<void> {
  const shown = (await (await worker())?.getNotifications?.()) ?? []
  for (const each of shown) if (!thread || each.data?.thread === thread) each.close()
}
