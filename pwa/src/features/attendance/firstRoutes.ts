import type { RouteRecordRaw } from "vue-router"

export const first: RouteRecordRaw[] = [
  { path: "/door", component: () => import("./DoorPage.vue"), meta: { title: "门口", tabs: true } },
  { path: "/door/calls", component: () => import("./CallsPage.vue"), meta: { title: "未送达" } },
]
