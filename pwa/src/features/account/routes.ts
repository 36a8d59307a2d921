import type { RouteRecordRaw } from "vue-router"

export const rest: RouteRecordRaw[] = [
  { path: "/me/devices", component: () => import("./DevicesPage.vue"), meta: { title: "我登录的设备" } },
  { path: "/me/pin", component: () => import("./PinPage.vue"), meta: { title: "门口换人密码" } },
  {
    path: "/me/watchers/:member",
    component: () => import("./WatchersPage.vue"),
    props: true,
    meta: { title: "谁能看到" },
  },
]
