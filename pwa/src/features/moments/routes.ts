import type { RouteRecordRaw } from "vue-router"

const number = (words: unknown) => Number(words) || undefined

export const rest: RouteRecordRaw[] = [
  { path: "/moments", component: () => import("./MomentsPage.vue"), meta: { title: "相册", tabs: true } },
  {
    path: "/moments/new",
    component: () => import("./ComposePage.vue"),
    props: ({ query }) => ({ session: number(query.session) }),
    meta: { title: "发动态" },
  },
  { path: "/moments/:id", component: () => import("./PostPage.vue"), props: true, meta: { title: "动态" } },
  { path: "/moments/:id/edit", component: () => import("./EditPage.vue"), props: true, meta: { title: "改动态" } },
]
