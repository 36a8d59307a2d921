import type { RouteRecordRaw } from "vue-router"

/** The addresses that notices and links name (backend/volunteering/notices, links.py, doorcode.py). */
export const more: RouteRecordRaw[] = [
  { path: "/events", component: () => import("./EventsPage.vue"), meta: { title: "志愿活动", tabs: true } },
  { path: "/service/mine", component: () => import("./MinePage.vue"), meta: { title: "我的报名", tabs: true } },
  { path: "/service/me", component: () => import("./ProfilePage.vue"), meta: { title: "志愿者信息" } },
  { path: "/service/mine/:id", component: () => import("./SignupPage.vue"), props: true, meta: { title: "我的报名" } },
  {
    path: "/service/bookings/:id",
    component: () => import("./BookingPage.vue"),
    props: true,
    meta: { title: "团体名额" },
  },
  {
    path: "/service/organisations/:id(\\d+)",
    component: () => import("./OrganisationPage.vue"),
    props: (route) => ({ id: Number(route.params.id) }),
    meta: { title: "组织" },
  },
  { path: "/service/wishes", component: () => import("./WishesPage.vue"), meta: { title: "微心愿" } },
  { path: "/service/wishes/:id", component: () => import("./WishesPage.vue"), props: true, meta: { title: "微心愿" } },
  { path: "/service/proposals", component: () => import("./ProposalsPage.vue"), meta: { title: "想去看看" } },
  {
    path: "/service/proposals/:id",
    component: () => import("./ProposalsPage.vue"),
    props: true,
    meta: { title: "想去看看" },
  },
  { path: "/service/check-in", component: () => import("./CheckInPage.vue"), meta: { title: "签到" } },
  { path: "/service/home", component: () => import("./HomePage.vue"), meta: { title: "家园的志愿活动" } },
  { path: "/service/home/new", component: () => import("./PlanPage.vue"), meta: { title: "排一场活动" } },
  {
    path: "/service/home/corrections",
    component: () => import("./records/CorrectionsPage.vue"),
    meta: { title: "时长更正" },
  },
  { path: "/service/area", component: () => import("./AreaPage.vue"), meta: { title: "志愿服务管理" } },
  { path: "/service/records", component: () => import("./records/RecordsPage.vue"), meta: { title: "服务记录" } },
  {
    path: "/service/records/:id(\\d+)",
    component: () => import("./records/RecordPage.vue"),
    props: (route) => ({ id: Number(route.params.id) }),
    meta: { title: "服务记录" },
  },
  {
    path: "/service/rules",
    component: () => import("./records/RulesPage.vue"),
    props: (route) => ({ home: Number(route.query.home) || 0 }),
    meta: { title: "时长怎么算" },
  },
  { path: "/service/:id", component: () => import("./EventPage.vue"), props: true, meta: { title: "活动报名" } },
  { path: "/service/:id/plan", component: () => import("./PlanPage.vue"), props: true, meta: { title: "改活动" } },
  { path: "/service/:id/people", component: () => import("./PeoplePage.vue"), props: true, meta: { title: "谁来" } },
  {
    path: "/service/:id/records",
    component: () => import("./records/EventRecordsPage.vue"),
    props: true,
    meta: { title: "服务记录" },
  },
  { path: "/service/:id/code", component: () => import("./CodePage.vue"), props: true, meta: { title: "签到码" } },
  // Whoever opens them may be new to the app.
  {
    path: "/v/seat/:token",
    component: () => import("./SeatPage.vue"),
    props: true,
    meta: { title: "一起去服务", public: true },
  },
  {
    path: "/v/join/:token",
    component: () => import("./JoinPage.vue"),
    props: true,
    meta: { title: "加入组织", public: true },
  },
  { path: "/v/here/:code", component: () => import("./CheckInPage.vue"), props: true, meta: { title: "签到" } },
]
