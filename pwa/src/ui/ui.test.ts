import { mount } from "@vue/test-utils"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { nextTick } from "vue"
import Avatar from "./Avatar.vue"
import Badge from "./Badge.vue"
import Button from "./Button.vue"
import { care, setCare, startCare } from "./care"
import Switch from "./lazy/Switch.vue"
import Segmented from "./Segmented.vue"
import Sheet from "./Sheet.vue"
import ToastHost from "./ToastHost.vue"
import { current, dismiss, toast } from "./toast"

describe("a toast", () => {
  beforeEach(() => {
    vi.useFakeTimers()
    dismiss()
  })
  afterEach(() => vi.useRealTimers())

  it("goes by itself, later when there is something to do", () => {
    toast("已保存")
    vi.advanceTimersByTime(5_000)
    expect(current.value).toBeNull()
    toast("沈志强 已到", { label: "撤销", run: () => undefined })
    vi.advanceTimersByTime(11_999)
    expect(current.value?.text).toBe("沈志强 已到")
    vi.advanceTimersByTime(1)
    expect(current.value).toBeNull()
  })

  it("stays while the focus rests on it, and does what it offers once", async () => {
    const run = vi.fn()
    const host = mount(ToastHost)
    toast("沈志强 已到", { label: "撤销", run })
    await nextTick()
    await host.get(".host").trigger("focusin")
    vi.advanceTimersByTime(60_000)
    await host.get("button").trigger("click")
    expect(run).toHaveBeenCalledOnce()
    expect(current.value).toBeNull()
  })

  it("is read aloud politely from a place that is always there", () => {
    expect(mount(ToastHost).get("[role=status]").text()).toBe("")
  })
})

describe("a sheet", () => {
  it("opens as a native dialog with its title, and closes by its button and by Esc", async () => {
    const sheet = mount(Sheet, {
      props: { modelValue: false, title: "谁来接" },
      slots: { default: "<p>妈妈</p>" },
      attachTo: document.body,
    })
    const dialog = sheet.get("dialog").element as HTMLDialogElement
    expect([dialog.open, sheet.find("p").exists()]).toEqual([false, false])
    await sheet.setProps({ modelValue: true })
    expect([dialog.open, sheet.get("h2").text()]).toEqual([true, "谁来接"])
    expect(sheet.get("dialog").attributes("aria-labelledby")).toBe(sheet.get("h2").attributes("id"))
    await sheet.get("[aria-label=关闭]").trigger("click")
    await sheet.get("dialog").trigger("close")
    expect(sheet.emitted("update:modelValue")?.map(([open]) => open)).toEqual([false])
  })
})

it("says a count in words and hides none", () => {
  const badge = mount(Badge, { props: { count: 120 } })
  expect(badge.text()).toBe("99+120 条未读")
  expect(
    mount(Badge, { props: { count: 0 } })
      .find("span")
      .exists(),
  ).toBe(false)
})

it("draws a face from its character, which stays until the photo covers it in a fixed box", async () => {
  const face = mount(Avatar, { props: { text: "志", colour: 9 } })
  expect([face.text(), face.classes("colour-1")]).toEqual(["志", true])
  await face.setProps({ photo: "/media/portraits/1.webp" })
  expect(face.get("img").attributes()).toMatchObject({
    src: "/media/portraits/1.webp",
    width: "96",
    height: "96",
    alt: "",
  })
  expect(face.text()).toBe("志")
})

it("falls back on the character when the photo cannot be had, until there is another", async () => {
  const face = mount(Avatar, { props: { text: "志", colour: 9, photo: "/media/portraits/1.webp" } })
  await face.get("img").trigger("error")
  expect([face.text(), face.find("img").exists()]).toEqual(["志", false])
  await face.setProps({ photo: "/media/portraits/2.webp" })
  expect(face.find("img").exists()).toBe(true)
})

it("is a link to ring somebody, or a button that takes one tap", () => {
  expect(
    mount(Button, { props: { href: "tel:0573" } })
      .get("a")
      .attributes("href"),
  ).toBe("tel:0573")
  const busy = mount(Button, { props: { busy: true } }).get("button")
  expect([busy.attributes("disabled"), busy.attributes("aria-busy"), busy.attributes("type")]).toEqual([
    "",
    "true",
    "button",
  ])
})

it("switches", async () => {
  const row = mount(Switch, { props: { title: "关怀版", modelValue: false } })
  await row.get("[role=switch]").setValue(true)
  expect(row.emitted("update:modelValue")).toEqual([[true]])
})

it("does not look switched on when nothing was switched", async () => {
  const row = mount(Switch, {
    props: { title: "家园共用的平板", modelValue: false, "onUpdate:modelValue": () => undefined },
  })
  await row.get("[role=switch]").setValue(true)
  await nextTick()
  expect((row.get("input").element as HTMLInputElement).checked).toBe(false)
})

it("chooses one of few", async () => {
  const options = [
    { value: "arrive", label: "到达" },
    { value: "depart", label: "离开" },
  ]
  const bar = mount(Segmented, { props: { label: "现在记", options, modelValue: "arrive" } })
  await bar.findAll("input")[1]?.trigger("change")
  expect(bar.emitted("update:modelValue")).toEqual([["depart"]])
  expect(bar.get("legend").text()).toBe("现在记")
})

it("keeps 关怀版 on this phone", () => {
  setCare(true)
  expect(document.documentElement.classList.contains("care")).toBe(true)
  care.value = false
  startCare()
  expect(care.value).toBe(true)
  setCare(false)
  expect(document.documentElement.classList.contains("care")).toBe(false)
})
