import type { RouteLocationNormalized, RouteRecordRaw } from "vue-router"

const props = ({ params }: RouteLocationNormalized) => ({ id: Number(params.id), month: String(params.month ?? "") })

export const rest: RouteRecordRaw[] = [
  { path: "/keepsakes/:id(\\d+)", component: () => import("./ArchivePage.vue"), props, meta: { title: "照片留念" } },
  {
    path: "/keepsakes/:id(\\d+)/:month(20\\d\\d-\\d\\d)",
    component: () => import("./PrintPage.vue"),
    props,
    meta: { title: "打印照片" },
  },
]
