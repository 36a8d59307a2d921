import type { Paper } from "./certificates"
import { dateOf, sentenceOf } from "./words"

/** A4 at 150 dots an inch. */
const [WIDTH, HEIGHT, MARGIN] = [1240, 1754, 120]
const INNER = WIDTH - 2 * MARGIN
const INK = "rgba(0, 0, 0, 0.9)"
const PALE = "rgba(0, 0, 0, 0.6)"
const ROW = 44
/** What else must find room below the rows. */
const FOOT = 420

/** The certificate as a picture for a chat: drawn here, so nothing leaves the phone. */
export async function asPicture(paper: Paper): Promise<Blob> {
  const canvas = document.createElement("canvas")
  canvas.width = WIDTH
  canvas.height = HEIGHT
  const pen = canvas.getContext("2d")
  if (!pen) throw new Error("no canvas")
  pen.fillStyle = "#fff"
  pen.fillRect(0, 0, WIDTH, HEIGHT)
  pen.strokeStyle = "rgba(0, 0, 0, 0.25)"
  pen.strokeRect(48, 48, WIDTH - 96, HEIGHT - 96)
  const below = rowsOf(pen, paper, body(pen, paper))
  await foot(pen, paper, below)
  return new Promise((done, fail) =>
    canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("no picture"))), "image/png"),
  )
}

type Pen = CanvasRenderingContext2D

function write(
  pen: Pen,
  text: string,
  x: number,
  y: number,
  size: number,
  colour = INK,
  align: CanvasTextAlign = "left",
) {
  pen.font = `${size}px sans-serif`
  pen.fillStyle = colour
  pen.textAlign = align
  pen.fillText(text, x, y)
}

/** Chinese breaks between any two characters. Answers where the next line would stand. */
function wrapped(pen: Pen, text: string, top: number, size: number): number {
  pen.font = `${size}px sans-serif`
  let [line, y] = ["", top]
  for (const char of text) {
    if (pen.measureText(line + char).width > INNER) {
      write(pen, line, MARGIN, y, size)
      line = ""
      y += size * 1.7
    }
    line += char
  }
  write(pen, line, MARGIN, y, size)
  return y + size * 1.7
}

function body(pen: Pen, paper: Paper): number {
  write(pen, "志愿服务记录证明", WIDTH / 2, 210, 60, INK, "center")
  write(pen, `编号 ${paper.number}`, WIDTH / 2, 270, 26, PALE, "center")
  if (paper.revoked_at) write(pen, "已作废", WIDTH / 2, 330, 40, "#c62828", "center")
  return wrapped(pen, `　　${sentenceOf(paper.statement)}`, 400, 36)
}

/** As many rows as there is room for; the rest is on the printed page. */
function rowsOf(pen: Pen, paper: Paper, top: number): number {
  const { services, trainings, honours } = paper.statement
  const rows = [...services, ...trainings.map((row) => ({ ...row, title: `${row.title}（培训）` }))]
  const room = Math.max(1, Math.floor((HEIGHT - FOOT - top) / ROW) - honours.length - 1)
  let y = top + 20
  for (const row of rows.slice(0, room)) {
    pen.fillStyle = "rgba(0, 0, 0, 0.12)"
    pen.fillRect(MARGIN, y + 12, INNER, 1)
    write(pen, row.date, MARGIN, y, 26, PALE)
    write(pen, [row.name, row.title, row.home].filter(Boolean).join(" · ").slice(0, 32), MARGIN + 170, y, 26)
    write(pen, `${row.minutes} 分钟`, WIDTH - MARGIN, y, 26, INK, "right")
    y += ROW
  }
  if (rows.length > room) write(pen, `另有 ${rows.length - room} 次，见打印的证明`, MARGIN + 170, y, 26, PALE)
  if (rows.length > room) y += ROW
  for (const row of honours) {
    write(pen, `表彰：${[row.title, row.name, row.home].filter(Boolean).join(" · ")}`, MARGIN, y, 26)
    y += ROW
  }
  return y
}

async function foot(pen: Pen, paper: Paper, top: number) {
  const y = Math.max(top, HEIGHT - FOOT)
  const code = new Image()
  code.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(paper.qr)}`
  await code.decode()
  pen.drawImage(code, MARGIN - 20, y, 280, 280)
  write(pen, "扫码核验真假", MARGIN + 120, y + 310, 24, PALE, "center")
  write(pen, `出具单位：${paper.issuer}`, WIDTH - MARGIN, y + 130, 30, INK, "right")
  write(pen, `出具日期：${dateOf(paper.issued_on)}`, WIDTH - MARGIN, y + 190, 30, INK, "right")
}

/** To wherever this phone shares pictures; else as a file. */
export async function save(picture: Blob, name: string): Promise<void> {
  const file = new File([picture], name, { type: picture.type })
  if (navigator.canShare?.({ files: [file] })) {
    await navigator.share({ files: [file] }).catch(() => undefined) // The person changed his mind.
    return
  }
  const link = document.createElement("a")
  link.href = URL.createObjectURL(picture)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
