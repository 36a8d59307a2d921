import type { RouteLocationNormalized, RouteRecordRaw } from "vue-router"

const numbered = (route: RouteLocationNormalized) => ({ id: Number(route.params.id) })

export const rest: RouteRecordRaw[] = [
  {
    path: "/consent/:id(\\d+)",
    component: () => import("./ConsentPage.vue"),
    props: numbered,
    meta: { title: "照片同意" },
  },
  {
    path: "/consent/:id(\\d+)/ask",
    component: () => import("./AskPage.vue"),
    props: numbered,
    meta: { title: "问你一件事" },
  },
  {
    path: "/consent/photos/:post",
    component: () => import("./ShowPage.vue"),
    props: true,
    meta: { title: "给家人看吗" },
  },
]
