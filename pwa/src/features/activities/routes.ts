import type { RouteLocationNormalized, RouteRecordRaw } from "vue-router"

const numbered = (route: RouteLocationNormalized) => ({ id: Number(route.params.id) })

export const rest: RouteRecordRaw[] = [
  {
    path: "/calendar/:id(\\d+)",
    component: () => import("./SessionPage.vue"),
    props: numbered,
    meta: { title: "活动" },
  },
  {
    path: "/calendar/:id(\\d+)/change",
    component: () => import("./ChangePage.vue"),
    props: numbered,
    meta: { title: "改活动" },
  },
  { path: "/calendar/plan", component: () => import("./PlanPage.vue"), meta: { title: "排活动" } },
  { path: "/calendar/groups", component: () => import("./GroupsPage.vue"), meta: { title: "小组" } },
  { path: "/calendar/feed", component: () => import("./FeedPage.vue"), meta: { title: "订阅到手机日历" } },
  {
    path: "/calendar/members/:id(\\d+)",
    component: () => import("./BalancePage.vue"),
    props: numbered,
    meta: { title: "五疗参加情况" },
  },
]
