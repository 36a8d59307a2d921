import type { RouteRecordRaw } from "vue-router"

export const routes: RouteRecordRaw[] = [
  { path: "/events", component: () => import("./EventsPage.vue"), meta: { title: "志愿活动", tabs: true } },
  { path: "/service/mine", component: () => import("./MinePage.vue"), meta: { title: "我的报名", tabs: true } },
]
