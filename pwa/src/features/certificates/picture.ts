import { drawn, drawSvg, type Pen, write, writeLines } from "@/ui/lazy/drawing"
import type { Paper } from "./certificates"
import { dateOf, sentenceOf } from "./words"

/** A4 at 150 dots an inch. */
const [WIDTH, HEIGHT, MARGIN] = [1240, 1754, 120]
const INNER = WIDTH - 2 * MARGIN
const INK = "rgba(0, 0, 0, 0.9)"
const PALE = "rgba(0, 0, 0, 0.6)"
const ROW = 44
const [ink, pale] = [
  { size: 26, colour: INK },
  { size: 26, colour: PALE },
]
/** What else must find room below the rows. */
const FOOT = 420

/** The certificate as a picture for a chat: drawn here, so nothing leaves the phone. */
export const asPicture = (paper: Paper): Promise<Blob> =>
  drawn(WIDTH, HEIGHT, async (pen) => {
    pen.strokeStyle = "rgba(0, 0, 0, 0.25)"
    pen.strokeRect(48, 48, WIDTH - 96, HEIGHT - 96)
    await foot(pen, paper, rowsOf(pen, paper, body(pen, paper)))
  })

function body(pen: Pen, paper: Paper): number {
  write(pen, "志愿服务记录证明", WIDTH / 2, 210, { size: 60, colour: INK, align: "center" })
  write(pen, `编号 ${paper.number}`, WIDTH / 2, 270, { size: 26, colour: PALE, align: "center" })
  if (paper.revoked_at) write(pen, "已作废", WIDTH / 2, 330, { size: 40, colour: "#c62828", align: "center" })
  const place = { x: MARGIN, y: 400, width: INNER, height: 61 }
  return writeLines(pen, `　　${sentenceOf(paper.statement)}`, place, { size: 36, colour: INK })
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
    write(pen, row.date, MARGIN, y, pale)
    write(pen, [row.name, row.title, row.home].filter(Boolean).join(" · ").slice(0, 32), MARGIN + 170, y, ink)
    write(pen, `${row.minutes} 分钟`, WIDTH - MARGIN, y, { ...ink, align: "right" })
    y += ROW
  }
  if (rows.length > room) write(pen, `另有 ${rows.length - room} 次，见打印的证明`, MARGIN + 170, y, pale)
  if (rows.length > room) y += ROW
  for (const row of honours) {
    write(pen, `表彰：${[row.title, row.name, row.home].filter(Boolean).join(" · ")}`, MARGIN, y, ink)
    y += ROW
  }
  return y
}

async function foot(pen: Pen, paper: Paper, top: number) {
  const y = Math.max(top, HEIGHT - FOOT)
  await drawSvg(pen, paper.qr, MARGIN - 20, y, 280)
  write(pen, "扫码核验真假", MARGIN + 120, y + 310, { size: 24, colour: PALE, align: "center" })
  write(pen, `出具单位：${paper.issuer}`, WIDTH - MARGIN, y + 130, { size: 30, colour: INK, align: "right" })
  write(pen, `出具日期：${dateOf(paper.issued_on)}`, WIDTH - MARGIN, y + 190, { size: 30, colour: INK, align: "right" })
}
