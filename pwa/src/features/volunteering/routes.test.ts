import { expect, it } from "vitest"
import { createMemoryHistory, createRouter } from "vue-router"
import { rest } from "./routes"

const ID = "019a0000-0000-7000-8000-000000000001"
const router = createRouter({ history: createMemoryHistory(), routes: rest })

it.each([
  [`/service/${ID}`, "/service/:id"],
  ["/service/mine", "/service/mine"],
  [`/service/mine/${ID}`, "/service/mine/:id"],
  [`/service/bookings/${ID}`, "/service/bookings/:id"],
  ["/service/organisations/9", "/service/organisations/:id(\\d+)"],
  ["/service/wishes", "/service/wishes"],
  [`/service/wishes/${ID}`, "/service/wishes/:id"],
  ["/service/proposals", "/service/proposals"],
  ["/service/me", "/service/me"],
  ["/service/records", "/service/records"],
  ["/service/records/7", "/service/records/:id(\\d+)"],
  ["/service/home/corrections", "/service/home/corrections"],
  ["/service/rules?home=1", "/service/rules"],
  ["/service/home", "/service/home"],
  [`/service/${ID}/afterwards`, "/service/:id/afterwards"],
  [`/v/here/${ID}.59403840.abcdefghijklmno-`, "/v/here/:code"],
])("%s, as notices and links name it, is %s", (address, path) => {
  expect(router.resolve(address).matched.map((each) => each.path)).toEqual([path])
})
