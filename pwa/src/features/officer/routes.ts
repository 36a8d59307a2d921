import type { RouteRecordRaw } from "vue-router"

export const rest: RouteRecordRaw[] = [
  { path: "/overview/holidays", component: () => import("./HolidaysPage.vue"), meta: { title: "节假日" } },
]
