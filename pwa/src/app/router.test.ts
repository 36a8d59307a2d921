import { beforeEach, expect, it } from "vitest"
import { me, signedIn } from "@/api/session"
import { fakeServer } from "@/api/test/fakeServer"
import type { Me } from "@/api/types"
import { router } from "./router"

const mother = { id: 1, relatives: [{}], posts: [], officer: [], organisations: [] } as unknown as Me
const path = () => router.currentRoute.value.fullPath

beforeEach(async () => {
  fakeServer(() => [])
  me.value = null
  signedIn.value = false
  await router.push("/privacy")
})

function enter(person: Me) {
  me.value = person
  signedIn.value = true
}

it("asks who it is before any page that is not for everybody, and comes back to it", async () => {
  await router.push("/chat/member:1:1")
  expect(path()).toBe("/sign-in?next=/chat/member:1:1")
})

it("learns of the pages that are nobody's first when one of them is asked for", async () => {
  enter(mother)
  await router.push("/calendar/7?from=a-notice")
  expect(path()).toBe("/calendar/7?from=a-notice")
  expect(document.title).toBe("活动 · 幸福驿站")
})

it("says that there is no such page once it knows them all", async () => {
  enter(mother)
  await router.push("/nowhere")
  expect(document.title).toBe("没有这一页 · 幸福驿站")
})

it("shows no sign-in form to somebody who is signed in", async () => {
  enter(mother)
  await router.push("/sign-in")
  expect(path()).toBe("/messages")
})

it("lets a device that waits for a yes see nothing else", async () => {
  enter({ ...mother, held: true } as Me)
  await router.push("/messages")
  expect(path()).toBe("/held")
})
