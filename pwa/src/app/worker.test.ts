import { mount } from "@vue/test-utils"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { nextTick } from "vue"
import UpdateLine from "./UpdateLine.vue"
import { registerWorker, waiting } from "./worker"

/** The browser's side: one registration, and who is in control. */
class Registration extends EventTarget {
  waiting: { postMessage: (message: unknown) => void } | null = null
  installing: EventTarget | null = null
  update = vi.fn(async () => undefined)
}
let registration: Registration
let container: EventTarget & { controller: object | null; register: () => Promise<Registration> }
const reload = vi.fn()

beforeEach(() => {
  registration = new Registration()
  container = Object.assign(new EventTarget(), { controller: {}, register: async () => registration })
  Object.defineProperty(navigator, "serviceWorker", { configurable: true, value: container })
  vi.stubEnv("PROD", true)
  vi.spyOn(window.location, "reload").mockImplementation(reload)
  reload.mockClear()
  waiting.value = false
})
afterEach(() => {
  Reflect.deleteProperty(navigator, "serviceWorker")
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

/** Another version has been fetched and waits. */
function arrive() {
  registration.installing = new EventTarget()
  registration.dispatchEvent(new Event("updatefound"))
  registration.waiting = { postMessage: vi.fn() }
  registration.installing.dispatchEvent(new Event("statechange"))
  return registration.waiting
}

describe("a newer version", () => {
  it("waits until somebody taps the line", async () => {
    const line = mount(UpdateLine)
    await registerWorker()
    expect(line.find("button").exists()).toBe(false)
    const next = arrive()
    await nextTick()
    await line.get("button").trigger("click")
    expect(line.text()).toBe("有新版本，点此更新")
    expect(next.postMessage).toHaveBeenCalledWith({ type: "take-over" })
    expect(reload).not.toHaveBeenCalled()
    container.dispatchEvent(new Event("controllerchange"))
    expect(reload).toHaveBeenCalledOnce()
  })

  it("reloads every open tab, whichever took it", async () => {
    await registerWorker()
    container.dispatchEvent(new Event("controllerchange"))
    expect(reload).toHaveBeenCalledOnce()
  })

  it("is not the very first one, which replaces nothing", async () => {
    container.controller = null
    await registerWorker()
    arrive()
    expect(waiting.value).toBe(false)
    container.dispatchEvent(new Event("controllerchange"))
    expect(reload).not.toHaveBeenCalled()
  })

  it("is asked for whenever somebody looks again", async () => {
    await registerWorker()
    document.dispatchEvent(new Event("visibilitychange"))
    expect(registration.update).toHaveBeenCalled()
  })
})
