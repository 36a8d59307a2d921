import type { RouteRecordRaw } from "vue-router"

export const rest: RouteRecordRaw[] = [
  { path: "/verify", component: () => import("./VerifyPage.vue"), meta: { title: "核验证明", public: true } },
  { path: "/certificates", component: () => import("./CertificatesPage.vue"), meta: { title: "志愿服务证明" } },
  {
    path: "/certificates/:id",
    component: () => import("./CertificatePage.vue"),
    props: true,
    meta: { title: "志愿服务证明" },
  },
]
