import type { RouteRecordRaw } from "vue-router"

export const routes: RouteRecordRaw[] = [
  { path: "/calendar", component: () => import("./CalendarPage.vue"), meta: { title: "日历", tabs: true } },
  {
    path: "/calendar/:id(\\d+)",
    component: () => import("./SessionPage.vue"),
    props: (route) => ({ id: Number(route.params.id) }),
    meta: { title: "活动" },
  },
]
