declare const self: ServiceWorkerGlobalScope

/** The declarative shape (it is shown even where this worker fails), as notifications fills it. */
interface Declared {
  title: string
  body?: string
  navigate: string
  tag?: string
  lang?: string
  data?: Partial<Told>
}

interface Told {
  id: string
  token: string
  seq: number
  thread: string
  unread: number
}

const UNREADABLE: Declared = { title: "幸福驿站", body: "有一条新消息，请打开看看。", navigate: "/" }
const RETRY_MS = 3_000
/** The door's queue is locked meanwhile. */
const TIMEOUT_MS = 15_000

/** iOS takes the subscription away from a push that shows nothing: whatever came, something is shown. */
export function received(event: PushEvent): void {
  event.waitUntil(bring(read(event.data)))
}

/** Delivered is what was shown, not what came. Pages hear of it once it stands, as they may take it away. */
async function bring(message: Declared): Promise<void> {
  const shown = await show(message).then(
    () => true,
    () => false,
  )
  await Promise.allSettled([
    shown && receipt(message.data, "delivered"),
    tellPages("push", message.data),
    badge(message.data),
  ])
}

export function read(data: PushMessageData | null): Declared {
  try {
    const { notification } = data?.json() ?? {}
    return notification?.title ? (notification as Declared) : UNREADABLE
  } catch {
    return UNREADABLE
  }
}

function show({ title, body = "", navigate, tag = "", lang = "zh-CN", data }: Declared): Promise<void> {
  const plain = { body, lang, tag, data: { ...data, navigate } }
  const options: NotificationOptions & { renotify: boolean } = {
    ...plain,
    // The same thing said better replaces what stood there, and is heard again.
    renotify: tag !== "",
    icon: "/icon-192.png",
    badge: "/badge-96.png",
  }
  return self.registration
    .showNotification(title, options)
    .catch(() => self.registration.showNotification(title, plain))
}

/** With the token of this one notice: the session may be gone, and no cookie is sent. */
async function receipt(told: Partial<Told> | undefined, state: "delivered" | "seen", again = true): Promise<void> {
  if (!told?.id || !told.token) return
  const answer = await fetch(`/api/notices/${told.id}/receipts`, {
    method: "POST",
    keepalive: true,
    credentials: "omit",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ state, token: told.token }),
  }).catch(() => null)
  if ((answer && answer.status < 500 && answer.status !== 429) || !again) return
  await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
  return receipt(told, state, false)
}

async function tellPages(type: string, about: unknown): Promise<void> {
  for (const page of await pages()) page.postMessage({ type, about })
}

const pages = () => self.clients.matchAll({ type: "window", includeUncontrolled: true })

async function badge(told: Partial<Told> | undefined): Promise<void> {
  if (told?.unread === undefined || !("setAppBadge" in self.navigator)) return
  await (told.unread ? self.navigator.setAppBadge(told.unread) : self.navigator.clearAppBadge())
}

export function clicked(event: NotificationEvent): void {
  event.notification.close()
  const { navigate = "/", ...told } = (event.notification.data ?? {}) as Partial<Told> & { navigate?: string }
  event.waitUntil(Promise.allSettled([goTo(here(navigate)), receipt(told, "seen")]))
}

/** The path alone: wherever a message points, only this app is opened. */
export function here(navigate: string): string {
  const { pathname, search, hash } = new URL(navigate, self.location.origin)
  return pathname + search + hash
}

async function goTo(path: string): Promise<void> {
  const open = await pages()
  const page = open.find((each) => each.focused) ?? open.find((each) => each.visibilityState === "visible") ?? open[0]
  if (!page) {
    await self.clients.openWindow(path)
    return
  }
  page.postMessage({ type: "navigate", to: path })
  await page.focus()
}

/** The browser changed its address: say the new one, or leave it to the next start of the app, which looks, too. */
export function moved(event: ExtendableEvent & { oldSubscription?: PushSubscription }): void {
  event.waitUntil(resubscribe(event.oldSubscription).catch(() => tellPages("resubscribe", null)))
}

async function resubscribe(old: PushSubscription | undefined): Promise<void> {
  const key = old?.options.applicationServerKey
  if (!key) throw new Error("no key to subscribe with")
  const fresh = await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })
  const answer = await post("/api/push/subscriptions", fresh.toJSON())
  if (!answer.ok) throw new Error(`not saved: ${answer.status}`)
}

/** A request as the signed-in person. Throws where this worker cannot read the CSRF cookie. */
export async function post(url: string, body: unknown): Promise<Response> {
  const csrf = await self.cookieStore?.get("csrftoken")
  if (!csrf?.value) throw new Error("no CSRF token here")
  const deadline = new AbortController()
  setTimeout(() => deadline.abort(), TIMEOUT_MS)
  return fetch(url, {
    method: "POST",
    credentials: "same-origin",
    signal: deadline.signal,
    headers: { "Content-Type": "application/json", "X-CSRFToken": csrf.value },
    body: JSON.stringify(body),
  })
}
