import type { RouteRecordRaw } from "vue-router"

export const rest: RouteRecordRaw[] = [
  { path: "/members", component: () => import("./MembersPage.vue"), meta: { title: "花名册" } },
  { path: "/members/import", component: () => import("./ImportPage.vue"), meta: { title: "导入花名册" } },
  {
    path: "/members/:id(\\d+)",
    component: () => import("./MemberPage.vue"),
    props: (route) => ({ id: Number(route.params.id) }),
    meta: { title: "成员" },
  },
]
