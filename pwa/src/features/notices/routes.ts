import type { RouteRecordRaw } from "vue-router"

export const rest: RouteRecordRaw[] = [
  {
    path: "/chat/:thread",
    component: () => import("./ChatPage.vue"),
    props: true,
    meta: { title: "消息", fills: true },
  },
]
