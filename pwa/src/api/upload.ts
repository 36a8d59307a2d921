import { csrfToken, refusal } from "./client"
import { OfflineError } from "./errors"

/** A large file on a bad network takes as long as it takes; only one that does not move any more is given up. */
const STALL_MS = 45_000

/** Sends a file and tells how far it got, from 0 to 1. `fetch` cannot. */
export async function upload<T>(
  method: "PUT" | "POST",
  url: string,
  body: Blob | FormData,
  progress: (part: number) => void,
): Promise<T> {
  const request = new XMLHttpRequest()
  request.open(method, url)
  request.setRequestHeader("Accept", "application/json")
  request.setRequestHeader("X-CSRFToken", await csrfToken())
  if (body instanceof Blob) request.setRequestHeader("Content-Type", body.type)
  let stall: ReturnType<typeof setTimeout> | undefined
  const moves = () => {
    clearTimeout(stall)
    stall = setTimeout(() => request.abort(), STALL_MS)
  }
  request.upload.onprogress = ({ loaded, total, lengthComputable }) => {
    moves()
    if (lengthComputable) progress(loaded / total)
  }
  await new Promise<void>((resolve, reject) => {
    request.onload = () => resolve()
    request.onerror = () => reject(new OfflineError())
    request.onabort = () => reject(new OfflineError("网络太慢，没有传完，请换个地方再试一次。"))
    moves()
    request.send(body)
  }).finally(() => clearTimeout(stall))
  const { status, responseText } = request
  const answer = new Response(responseText || null, { status })
  if (!answer.ok) throw await refusal(answer)
  return read(status, responseText) as T
}

/** A hotel's sign-in page also answers 200: ours says something, or that it was accepted (202). */
function read(status: number, words: string): unknown {
  if (status === 202 && !words) return undefined
  try {
    return JSON.parse(words)
  } catch {
    throw new OfflineError()
  }
}
