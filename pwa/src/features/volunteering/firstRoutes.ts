import type { RouteRecordRaw } from "vue-router"

export const first: RouteRecordRaw[] = [
  { path: "/events", component: () => import("./events/EventsPage.vue"), meta: { title: "志愿活动", tabs: true } },
  { path: "/service/mine", component: () => import("./signups/MinePage.vue"), meta: { title: "我的报名", tabs: true } },
]
