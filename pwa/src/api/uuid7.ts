let last = 0
let counter = 0

/** A UUIDv7: sorts by time, and within one millisecond of this tab by order of making. */
export function uuid7(now = Date.now()): string {
  if (now > last) {
    last = now
    counter = 0
  } else {
    counter += 1
  }
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const at = BigInt(last) & 0xffffffffffffn
  for (let index = 0; index < 6; index += 1) bytes[index] = Number((at >> BigInt(40 - 8 * index)) & 0xffn)
  bytes[6] = 0x70 | ((counter >> 8) & 0x0f)
  bytes[7] = counter & 0xff
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")
}
