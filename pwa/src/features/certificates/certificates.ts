import { cached, cachedBy } from "@/api/cache"
import { get, post } from "@/api/client"
import { recall, remember } from "@/api/db"
import { ApiError } from "@/api/errors"
import type { components } from "@/api/schema"
import { uuid7 } from "@/api/uuid7"
import { CannotCheck, opened, type Sealed } from "./seal"

type Schemas = components["schemas"]
export type Row = Schemas["CertificateRow"]
export type Paper = Schemas["CertificatePage"]
export type Statement = Schemas["Statement"]
export type ByNumber = Schemas["ByNumber"]
export type Stated = Omit<ByNumber, "state" | "reason" | "revoked_at">

export const mine = cached("certificates", () => get("/api/certificates"))

export const paperOf = cachedBy("certificate", (id: string) =>
  get("/api/certificates/{certificate_id}", { path: { certificate_id: id } }),
)

export async function issue(first: string, last: string, organisation: number | null): Promise<Paper> {
  const made = await post("/api/certificates", { body: { id: uuid7(), first, last, organisation } })
  paperOf(made.id).change(() => made)
  void mine.refresh()
  return made
}

export const revoke = (number: string, reason: string): Promise<void> =>
  post("/api/certificates/number/{number}/revocation", { path: { number }, body: { reason } })

export const byNumber = (number: string): Promise<ByNumber> =>
  get("/api/certificates/number/{number}", { path: { number: number.trim() } })

/** `state` says how far it was looked at: "signed" is genuine, but whether it was revoked nobody could be asked. */
export interface Finding {
  state: "valid" | "revoked" | "signed" | "forged" | "unknown"
  stated: Stated | Sealed | null
  statement: Statement | null
  reason: string
}

const KEYS = "certificate-keys"

/** The server's public keys: fetched when they can be, else those of the last time. */
async function publicKeys(): Promise<string[]> {
  try {
    const { keys } = await get("/api/certificates/keys")
    void remember(KEYS, keys)
    return keys
  } catch {
    return (await recall<string[]>(KEYS))?.value ?? []
  }
}

/** The phone looks first, and tells at once what it found; then the server is asked whether it still holds. */
export async function verify(text: string, tell: (found: Finding) => void): Promise<void> {
  const said = await opened(text, await publicKeys()).catch((error) => {
    if (error instanceof CannotCheck) return undefined
    throw error
  })
  if (said) tell({ state: "signed", stated: said, statement: null, reason: "" })
  try {
    const found = await post("/api/certificates/verify", { body: { seal: text } })
    tell({
      state: found.state,
      stated: found.statement ?? said ?? null,
      statement: found.statement,
      reason: found.reason,
    })
  } catch (error) {
    if (error instanceof ApiError && error.status === 422) tell(FORGED)
    else if (said === undefined) throw error
    else if (said === null) tell(FORGED)
  }
}

const FORGED: Finding = { state: "forged", stated: null, statement: null, reason: "" }
