import { flushPromises, mount } from "@vue/test-utils"
import { expect, it, vi } from "vitest"
import { me } from "@/api/session"
import type { Me } from "@/api/types"
import InviteCard from "./InviteCard.vue"
import type { Member } from "./people"

const home = { id: 1, name: "阳光家园", phone: "0573-82000001", area: "" }
const member = { id: 1, name: "沈志强", short_name: "志强" } as Member
const invited = { id: 5, url: "http://home.test/i/token", qr: "<svg/>", expires_at: new Date().toISOString() }

it("prints the code on a page or on a card, with whom to ring, and leaves no paper behind", async () => {
  me.value = { id: 2, posts: [{ id: 7, home, role: "manager", title: "王院长" }] } as unknown as Me
  const printed: string[] = []
  vi.stubGlobal("print", () => printed.push(document.querySelector("body > .print-only")?.className ?? "nothing"))
  const card = mount(InviteCard, { props: { invited, member, relation: "姐姐" }, attachTo: document.body })
  const paper = () => document.querySelector("body > .print-only")
  expect(paper()?.textContent).toContain("请志强的姐姐用手机扫一扫")
  expect(paper()?.textContent).toContain("有问题打电话：0573-82000001")
  expect(paper()?.querySelector("img")?.getAttribute("src")).toBe(card.get("img").attributes("src"))
  for (const word of ["打印小卡片", "打印 A4"]) {
    await card
      .findAll("button")
      .find((each) => each.text() === word)
      ?.trigger("click")
    await flushPromises()
  }
  expect(printed).toEqual(["print-only card", "print-only page"])
  card.unmount()
  expect(paper()).toBeNull()
})
