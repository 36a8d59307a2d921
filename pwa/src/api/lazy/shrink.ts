/**
 * A photo made small on this phone, so that it goes up on a bad network, too: upright, without a word of where it was taken.
 * Null for what this browser cannot read (HEIC on Android). Not the npm library for it: that one is not looked after any more.
 */
export async function shrink(file: Blob, ...sides: number[]): Promise<Blob[] | null> {
  const picture = await read(file)
  if (!picture) return null
  const small: (Blob | null)[] = []
  for (const side of sides) small.push(await drawn(picture, side))
  picture.close()
  const whole = small.filter((each) => each !== null)
  return whole.length === sides.length ? whole : null
}

/** Browsers that know no such option turn the photo upright anyway. */
const read = (file: Blob) =>
  createImageBitmap(file, { imageOrientation: "from-image" })
    .catch(() => createImageBitmap(file))
    .catch(() => null)

function drawn(picture: ImageBitmap, side: number): Promise<Blob | null> {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height))
  const canvas = document.createElement("canvas")
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  const pen = canvas.getContext("2d")
  if (!pen) return Promise.resolve(null)
  // What was transparent would be black.
  pen.fillStyle = "#fff"
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.88))
}
