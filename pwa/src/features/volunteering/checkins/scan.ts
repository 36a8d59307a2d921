export interface Detector {
  detect: (source: ImageBitmapSource) => Promise<{ rawValue: string }[]>
}
interface Native {
  new (options: { formats: string[] }): Detector
  getSupportedFormats: () => Promise<string[]>
}

let ready: Promise<Detector> | null = null

/** The phone's own reader where it has one, else ours; both only read, nothing leaves the phone. */
export function detector(): Promise<Detector> {
  ready ??= find().catch((error: unknown) => {
    ready = null
    throw error
  })
  return ready
}

async function find(): Promise<Detector> {
  const Own = (globalThis as { BarcodeDetector?: Native }).BarcodeDetector
  const formats = await Own?.getSupportedFormats().catch((): string[] => [])
  if (Own && formats?.includes("qr_code")) return new Own({ formats: ["qr_code"] })
  return (await import("./decoder")).decoder()
}

/** What a photo says, or null. */
export async function readPhoto(photo: Blob): Promise<string | null> {
  const found = await (await detector()).detect(photo)
  return found[0]?.rawValue ?? null
}

const LOOK_MS = 200

/** Looks through the camera until it reads something that is `wanted`. Answers how to stop. */
export async function watchCamera(video: HTMLVideoElement, wanted: (text: string) => boolean): Promise<() => void> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } })
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = () => {
    clearTimeout(timer)
    for (const track of stream.getTracks()) track.stop()
  }
  try {
    video.srcObject = stream
    await video.play()
    const eye = await detector()
    const look = async () => {
      const found =
        video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA ? await eye.detect(video).catch(() => []) : []
      if (found.some(({ rawValue }) => wanted(rawValue))) return stop()
      if (stream.active) timer = setTimeout(look, LOOK_MS)
    }
    void look()
  } catch (error) {
    stop()
    throw error
  }
  return stop
}
