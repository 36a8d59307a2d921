/// <reference types="vite/client" />

/** Background Sync is in no standard library yet. */
interface ServiceWorkerRegistration {
  readonly sync?: { register(tag: string): Promise<void> }
}
