import type { RouteRecordRaw } from "vue-router"

export const first: RouteRecordRaw[] = [
  { path: "/sign-in", component: () => import("./SignInPage.vue"), meta: { title: "登录", public: true } },
  { path: "/privacy", component: () => import("./PrivacyPage.vue"), meta: { title: "隐私说明", public: true } },
  { path: "/install", component: () => import("./InstallPage.vue"), meta: { title: "装到手机上", public: true } },
  {
    path: "/i/:token",
    component: () => import("./InvitationPage.vue"),
    props: true,
    meta: { title: "邀请", public: true },
  },
  { path: "/held", component: () => import("./HeldPage.vue"), meta: { title: "等待确认" } },
  { path: "/me", component: () => import("./MePage.vue"), meta: { title: "我", tabs: true } },
]
