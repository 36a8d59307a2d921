import { nextTick } from "vue"
import { createRouter, createWebHistory, type RouteRecordRaw } from "vue-router"
import { loadMe, me, role, signedIn } from "@/api/session"
import { first as account } from "@/features/account/firstRoutes"
import { first as activities } from "@/features/activities/firstRoutes"
import { first as attendance } from "@/features/attendance/firstRoutes"
import { first as officer } from "@/features/officer/firstRoutes"
import { first as volunteering } from "@/features/volunteering/firstRoutes"
import { toast } from "@/ui/toast"
import { FIRST } from "./first"

declare module "vue-router" {
  interface RouteMeta {
    title?: string
    /** Anybody may open it. */
    public?: boolean
    /** One of the first screens: the tab bar is shown. */
    tabs?: boolean
    /** It is as high as the screen and scrolls inside. */
    fills?: boolean
  }
}

const ELSEWHERE = "/:rest(.*)*"
const routes: RouteRecordRaw[] = [
  // A redirect would be decided before it is known who is signed in; this one never shows anything.
  { path: "/", component: { render: () => null }, beforeEnter: () => FIRST[role.value] },
  ...account,
  ...activities,
  ...attendance,
  ...officer,
  ...volunteering,
  { path: "/messages", component: () => import("./MessagesPage.vue"), meta: { title: "消息", tabs: true } },
  { path: ELSEWHERE, component: () => import("./NotFoundPage.vue"), meta: { title: "没有这一页" } },
]

export const router = createRouter({
  history: createWebHistory(),
  routes,
  // What is only looked at in another way on the same page stays where it is.
  scrollBehavior: (to, from, saved) => saved ?? (to.path !== from.path && { top: 0 }),
})

let whole = false
router.beforeEach(async ({ matched, fullPath }) => {
  if (whole || matched[0]?.path !== ELSEWHERE) return true
  for (const route of (await import("./routes")).rest) router.addRoute(route)
  whole = true
  return fullPath
})

router.beforeEach(async (to) => {
  // The page's own file comes while it is still being asked who is there.
  const page = to.matched.at(-1)?.components?.default
  if (typeof page === "function") (page as () => Promise<unknown>)().catch(() => undefined)
  if (signedIn.value === null) await loadMe().catch(() => undefined)
  if (to.meta.public) return to.path !== "/sign-in" || !signedIn.value || "/"
  if (!signedIn.value) return { path: "/sign-in", query: { next: to.fullPath } }
  if (me.value?.held && to.path !== "/held") return "/held"
  return true
})

// A page's own file could not be fetched: no network, and this phone has not stored the app yet.
router.onError(() => toast("没能打开这一页，请看看网络，再试一次。"))

router.afterEach(async (to, from) => {
  document.title = to.meta.title ? `${to.meta.title} · 幸福驿站` : "幸福驿站"
  if (from.matched.length === 0 || to.path === from.path) return
  await nextTick()
  // A screen reader hears where it is; nothing moves for the eye.
  document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true })
})
