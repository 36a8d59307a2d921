export type Pen = CanvasRenderingContext2D

/** White, as what was transparent in a photo would be black. Null where this browser draws nothing. */
export function canvasOf(width: number, height: number): Pen | null {
  const canvas = document.createElement("canvas")
  canvas.width = width
  canvas.height = height
  const pen = canvas.getContext("2d")
  if (!pen) return null
  pen.fillStyle = "#fff"
  pen.fillRect(0, 0, width, height)
  return pen
}

export const blobOf = ({ canvas }: Pen, type = "image/png", quality?: number): Promise<Blob | null> =>
  new Promise((done) => canvas.toBlob(done, type, quality))

/**
 * A photo made small on this phone, so that it goes up on a bad network, too: upright, without a word of where it was taken.
 * Null for what this browser cannot read (HEIC on Android). Not the npm library for it: that one is not looked after any more.
 */
export async function shrink(file: Blob, ...sides: number[]): Promise<Blob[] | null> {
  const picture = await read(file)
  if (!picture) return null
  const small: (Blob | null)[] = []
  for (const side of sides) small.push(await resized(picture, side))
  picture.close()
  const whole = small.filter((each) => each !== null)
  return whole.length === sides.length ? whole : null
}

/** Browsers that know no such option turn the photo upright anyway. */
const read = (file: Blob) =>
  createImageBitmap(file, { imageOrientation: "from-image" })
    .catch(() => createImageBitmap(file))
    .catch(() => null)

async function resized(picture: ImageBitmap, side: number): Promise<Blob | null> {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height))
  const [width, height] = [scaled(picture.width, scale), scaled(picture.height, scale)]
  const pen = canvasOf(width, height)
  pen?.drawImage(picture, 0, 0, width, height)
  return pen ? blobOf(pen, "image/jpeg", 0.88) : null
}

const scaled = (length: number, scale: number): number => Math.max(1, Math.round(length * scale))
