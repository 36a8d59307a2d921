import type { RouteRecordRaw } from "vue-router"

export const first: RouteRecordRaw[] = [
  { path: "/calendar", component: () => import("./CalendarPage.vue"), meta: { title: "日历", tabs: true } },
]
