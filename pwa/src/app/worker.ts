import { ref } from "vue"

/** A newer version is installed and waits until the reader taps. */
export const waiting = ref(false)
let registration: ServiceWorkerRegistration | null = null

export async function registerWorker(): Promise<void> {
  if (!("serviceWorker" in navigator) || !import.meta.env.PROD) return
  // Whichever tab took it: the old files are gone, so no tab may go on with them. The very first worker replaces nobody.
  let controlled = Boolean(navigator.serviceWorker.controller)
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (controlled) window.location.reload()
    controlled = true
  })
  registration = await navigator.serviceWorker.register("/sw.js", { scope: "/", updateViaCache: "none" })
  notice(registration)
  registration.addEventListener("updatefound", () => {
    const next = registration?.installing
    next?.addEventListener("statechange", () => registration && notice(registration))
  })
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") registration?.update().catch(() => undefined)
  })
}

function notice(found: ServiceWorkerRegistration): void {
  // Without a controller this is the first installation, not a newer version.
  waiting.value = Boolean(found.waiting && navigator.serviceWorker.controller)
}

export function takeUpdate(): void {
  registration?.waiting?.postMessage({ type: "take-over" })
}
