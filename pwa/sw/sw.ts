import { answer, dropOld, keep } from "./cache"
import { clicked, moved, received } from "./push"
import { sendWaiting } from "./tapQueue"

declare const self: ServiceWorkerGlobalScope

self.addEventListener("install", (event) => event.waitUntil(keep()))
self.addEventListener("activate", (event) => event.waitUntil(Promise.all([dropOld(), self.clients.claim()])))
self.addEventListener("fetch", answer)
self.addEventListener("push", received)
self.addEventListener("notificationclick", clicked)
self.addEventListener("pushsubscriptionchange", moved as EventListener)
self.addEventListener("sync", ((event: ExtendableEvent & { tag: string }) => {
  if (event.tag === "door") event.waitUntil(sendWaiting())
}) as EventListener)
// A newer version waits until the person taps 更新.
self.addEventListener("message", (event) => {
  if ((event.data as { type?: string } | null)?.type === "take-over") void self.skipWaiting()
})
