import { shallowRef } from "vue"

/** Chrome's offer to put the app on the home screen, kept until the person asks for it. */
interface InstallOffer extends Event {
  prompt: () => Promise<void>
  userChoice: Promise<{ outcome: "accepted" | "dismissed" }>
}

export const offer = shallowRef<InstallOffer | null>(null)

export function keepOffer(): void {
  window.addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault()
    offer.value = event as InstallOffer
  })
  window.addEventListener("appinstalled", () => {
    offer.value = null
  })
}

export type Place = "installed" | "wechat" | "iphone" | "android" | "other"

/** Where this page runs decides what can be done: WeChat's browser gets no push, an iPhone only from the home screen. */
export function placeOf(agent: string, standalone: boolean, touchPoints: number): Place {
  if (standalone) return "installed"
  if (/MicroMessenger/i.test(agent)) return "wechat"
  // An iPad calls itself a Macintosh with fingers.
  if (/iPhone|iPad|iPod/.test(agent) || (/Macintosh/.test(agent) && touchPoints > 1)) return "iphone"
  return /Android|HarmonyOS/.test(agent) ? "android" : "other"
}

export function place(): Place {
  const standalone =
    window.matchMedia("(display-mode: standalone)").matches ||
    (navigator as { standalone?: boolean }).standalone === true
  return placeOf(navigator.userAgent, standalone, navigator.maxTouchPoints)
}
