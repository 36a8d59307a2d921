import { toast } from "@/ui/toast"

const canShare = (data: ShareData) => "canShare" in navigator && navigator.canShare(data)

/** By the phone's own sheet where there is one, else into the clipboard; it says which. */
export async function passOn(text: string, url: string): Promise<void> {
  const data = { text: `${text} ${url}`, url }
  if (canShare(data)) return share({ text, url })
  try {
    await navigator.clipboard.writeText(data.text)
    toast("复制好了，到微信里粘贴就行")
  } catch {
    toast("这部手机不让复制，请长按链接自己复制。")
  }
}

/** A picture: shared, or saved where it cannot be. */
export async function passOnPicture(picture: Blob, name: string, text: string): Promise<void> {
  const file = new File([picture], name, { type: picture.type })
  if (canShare({ files: [file] })) return share({ files: [file], text })
  save(picture, name)
}

export function save(picture: Blob, name: string): void {
  const link = document.createElement("a")
  link.href = URL.createObjectURL(picture)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
  toast("图片存好了，发到群里就行")
}

/** Closing the phone's own share sheet is a choice, not an error. */
async function share(data: ShareData): Promise<void> {
  await navigator.share(data).catch((error: unknown) => {
    if (!(error instanceof DOMException)) throw error
  })
}
