import type { RouteRecordRaw } from "vue-router"

export const more: RouteRecordRaw[] = [
  {
    path: "/calendar/:id(\\d+)",
    component: () => import("./SessionPage.vue"),
    props: (route) => ({ id: Number(route.params.id) }),
    meta: { title: "活动" },
  },
]
