import type { RouteRecordRaw } from "vue-router"

export const first: RouteRecordRaw[] = [
  { path: "/overview", component: () => import("./OverviewPage.vue"), meta: { title: "总览", tabs: true } },
]
