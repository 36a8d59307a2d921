import { hello } from "./inbox"
import { Live } from "./live"
import { loadMe, signedIn } from "./session"

const address = () => `${window.location.origin.replace(/^http/, "ws")}/ws`

/** The one live socket of this page; features listen to their frames on it. */
export const live = new Live(address, hello, async () => {
  await loadMe().catch(() => undefined)
  return Boolean(signedIn.value)
})
