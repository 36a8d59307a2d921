import { ref } from "vue"
import { del, get, post } from "@/api/client"
import { recall, remember } from "@/api/db"
import { ApiError, OfflineError } from "@/api/errors"
import { checkSilent, subscription } from "@/api/pushState"
import { signedIn } from "@/api/session"
import { place } from "./install"

export type PushState = "unknown" | "on" | "off" | "denied" | "wechat" | "install-first" | "unsupported" | "unreachable"

/** Whether this phone, with the app closed, can be reached. */
export const push = ref<PushState>("unknown")
/** When the last push left for this phone and was taken by its push service. */
export const lastPush = ref<string | null>(null)

/** Kept while this person is signed in here. */
const OFF_KEY = "push-off"
const READY_MS = 10_000
/** Where the push service cannot be reached, subscribe() answers neither yes nor no, for ever. */
const SUBSCRIBE_MS = 15_000

class TooSlow extends Error {}

export async function look(): Promise<void> {
  push.value = await currentState()
  await checkSilent()
}

async function currentState(): Promise<PushState> {
  if (place() === "wechat") return "wechat"
  if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) {
    return place() === "iphone" ? "install-first" : "unsupported"
  }
  if (Notification.permission === "denied") return "denied"
  const mine = await subscription()
  if (!mine || Notification.permission !== "granted") return "off"
  try {
    const row = (await get("/api/push")).subscriptions.find((each) => each.this_device)
    if (!row) await save(mine)
    lastPush.value = row?.last_ok_at ?? null
  } catch (error) {
    // Without a network the phone's own word must do.
    if (!(error instanceof OfflineError)) throw error
  }
  return "on"
}

/** Asks the person, then the push service, then tells the server. Call it from a tap. */
export async function turnOn(): Promise<void> {
  if ((await Notification.requestPermission()) !== "granted") return look()
  await remember(OFF_KEY, false)
  try {
    const registration = await within(READY_MS, navigator.serviceWorker.ready)
    const key = bytes((await get("/api/push")).key)
    await save(await within(SUBSCRIBE_MS, subscribe(registration, key)))
    await look()
  } catch (error) {
    if (error instanceof ApiError && error.code !== "push_service") throw error
    if (!(error instanceof TooSlow || error instanceof DOMException || error instanceof ApiError)) throw error
    push.value = "unreachable"
  }
}

async function subscribe(
  registration: ServiceWorkerRegistration,
  key: Uint8Array<ArrayBuffer>,
): Promise<PushSubscription> {
  const old = await registration.pushManager.getSubscription()
  if (old && sameKey(old.options.applicationServerKey, key)) return old
  await old?.unsubscribe()
  return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })
}

function save(mine: PushSubscription) {
  const { endpoint = "", keys = {} } = mine.toJSON()
  return post("/api/push/subscriptions", {
    body: { endpoint, keys: { p256dh: keys.p256dh ?? "", auth: keys.auth ?? "" } },
  })
}

/**
 * Says this phone's address again where the server lost it (after a restore, or when somebody else had used the phone),
 * and asks for a new one where the browser lost it. Only a person turns it off.
 */
export async function heal(): Promise<void> {
  if (!signedIn.value) return
  if (await subscription()) return look()
  if (window.Notification?.permission !== "granted" || (await recall(OFF_KEY))?.value) return
  await turnOn()
}

export async function turnOff(): Promise<void> {
  await remember(OFF_KEY, true)
  const row = (await get("/api/push")).subscriptions.find((each) => each.this_device)
  if (row) await del("/api/push/subscriptions/{subscription_id}", { path: { subscription_id: row.id } })
  await dropHere()
  await look()
}

/** On the phone itself; signing out ends it on the server. */
export async function dropHere(): Promise<void> {
  await within(
    READY_MS,
    subscription().then((mine) => mine?.unsubscribe()),
  ).catch(() => undefined)
}

export type TestState = "sending" | "delivered" | "sent" | "failed"

const LOOK_EVERY_MS = 1_000
const GIVE_UP_MS = 25_000

/** Sends one to myself and waits for this phone's own answer. "sent" = it left, and nothing came back in time. */
export async function test(tell: (state: TestState, why: string) => void): Promise<void> {
  tell("sending", "")
  const { id } = await post("/api/push/test")
  let last: TestState = "sending"
  for (const until = Date.now() + GIVE_UP_MS; Date.now() < until; ) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
    const { state, why = "" } = await get("/api/push/test/{notice_id}", { path: { notice_id: id } })
    if (state === "delivered" || state === "seen") return tell("delivered", "")
    if (state === "failed") return tell("failed", why)
    last = state === "sent" ? "sent" : last
  }
  tell(last === "sent" ? "sent" : "failed", last === "sent" ? "" : "slow")
}

function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout>
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooSlow()), ms)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

export function bytes(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replace(/-/g, "+").replace(/_/g, "/"))
  return Uint8Array.from(text, (char) => char.charCodeAt(0))
}

const sameKey = (one: ArrayBuffer | null, other: Uint8Array) =>
  one !== null && String(new Uint8Array(one)) === String(other)
