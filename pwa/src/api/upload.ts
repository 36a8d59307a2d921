import { csrfToken, refusal } from "./client"
import { OfflineError } from "./errors"

const TIMEOUT_MS = 120_000

/** Sends a file and tells how far it got, from 0 to 1. `fetch` cannot. */
export async function upload<T>(
  method: "PUT" | "POST",
  url: string,
  body: Blob | FormData,
  progress: (part: number) => void,
): Promise<T> {
  const request = new XMLHttpRequest()
  request.open(method, url)
  request.timeout = TIMEOUT_MS
  request.setRequestHeader("Accept", "application/json")
  request.setRequestHeader("X-CSRFToken", await csrfToken())
  if (body instanceof Blob) request.setRequestHeader("Content-Type", body.type)
  request.upload.onprogress = ({ loaded, total, lengthComputable }) => lengthComputable && progress(loaded / total)
  await new Promise<void>((resolve, reject) => {
    request.onload = () => resolve()
    request.onerror = () => reject(new OfflineError())
    request.ontimeout = () => reject(new OfflineError("网络太慢，没有传完，请换个地方再试一次。"))
    request.send(body)
  })
  const answer = new Response(request.responseText || null, { status: request.status })
  if (!answer.ok) throw await refusal(answer)
  return (await answer.json()) as T
}
