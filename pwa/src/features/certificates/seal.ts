/** The seal of a certificate, checked on this phone: no network is needed once the server's public keys are known. */
export interface Sealed {
  number: string
  subject: "person" | "organisation"
  name: string
  minutes: number
  times: number
  people: number
  first: string
  last: string
  issued_on: string
  issuer: string
}

const VERSION = "yizhan1"
const ALGORITHM = { name: "Ed25519" }

/** This browser knows no Ed25519: then the server must look. */
export class CannotCheck extends Error {}

/** What a genuine one says; null when a single digit of it was changed. */
export async function opened(text: string, keys: string[]): Promise<Sealed | null> {
  const parts = text.slice(text.indexOf("#") + 1).split(".")
  const [payload, signature] = parts.map(bytesOf)
  if (parts.length !== 2 || !payload?.length || signature?.length !== 64) return null
  for (const key of keys) if (await fits(bytesOf(key), signature, payload)) return statementOf(payload)
  return null
}

async function fits(key: Bytes | null, signature: Bytes, payload: Bytes): Promise<boolean> {
  if (key?.length !== 32) return false
  try {
    const imported = await crypto.subtle.importKey("raw", key, ALGORITHM, false, ["verify"])
    return await crypto.subtle.verify(ALGORITHM, imported, signature, payload)
  } catch {
    throw new CannotCheck()
  }
}

type Bytes = Uint8Array<ArrayBuffer>

/** The same bytes have one spelling: what could have been written otherwise was tampered with. */
function bytesOf(text: string): Bytes | null {
  if (!/^[\w-]*$/.test(text)) return null
  try {
    const raw = atob(text.replaceAll("-", "+").replaceAll("_", "/"))
    const again = btoa(raw).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")
    return again === text ? Uint8Array.from(raw, (char) => char.charCodeAt(0)) : null
  } catch {
    return null
  }
}

function statementOf(payload: Bytes): Sealed | null {
  const row = JSON.parse(new TextDecoder().decode(payload))
  if (row[0] !== VERSION) return null
  const [, number, subject, name, minutes, times, people, first, last, issued_on, issuer] = row
  return { number, subject, name, minutes, times, people, first, last, issued_on, issuer }
}
