import { drawn, drawSvg, type Pen, write, writeLines } from "@/ui/lazy/drawing"
import type { Share } from "./events"

const [WIDTH, HEIGHT] = [720, 1000]
/** Title, time, place and a QR, drawn here: nothing of people stands on it. */
export const drawCard = ({ title, when, where, qr }: Share): Promise<Blob> =>
  drawn(WIDTH, HEIGHT, async (pen) => {
    drawGround(pen)
    let y = 340
    for (const [words, ink] of [
      [title, { size: 60, colour: "#1a1a1a", weight: 700 }],
      [when, { size: 40, colour: "#067a42", weight: 600 }],
      [where, { size: 34, colour: "#555555" }],
    ] as const)
      y = 8 + writeLines(pen, words, { x: 64, y, width: WIDTH - 128, height: ink.size * 1.4, most: 3 }, ink)
    await drawSvg(pen, qr, 40, HEIGHT - 340, 300)
    write(pen, "扫一扫，来报名", 364, HEIGHT - 200, { size: 38, colour: "#1a1a1a", weight: 600 })
    write(pen, "幸福驿站 · 残疾人之家", 364, HEIGHT - 152, { size: 28, colour: "#666666" })
  })

function drawGround(pen: Pen): void {
  pen.fillStyle = "#ffe8d6"
  pen.fillRect(0, 0, WIDTH, 250)
  pen.fillStyle = "#e2574c"
  pen.fill(new Path2D("M0 210C110 150 220 170 340 200S600 220 720 160V250H0Z"))
  pen.fillStyle = "#b3265e"
  for (const x of [250, 360, 470]) {
    pen.fill(new Path2D(`M${x - 40} 236v-30a40 40 0 0 1 80 0v30Z`))
    pen.beginPath()
    pen.arc(x, x === 360 ? 104 : 120, 30, 0, 2 * Math.PI)
    pen.fill()
  }
}
