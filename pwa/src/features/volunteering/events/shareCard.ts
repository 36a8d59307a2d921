import type { Share } from "./events"

const [WIDTH, HEIGHT] = [720, 1000]
const FACE = '"PingFang SC", "HarmonyOS Sans SC", "MiSans", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif'

/** The words of a line that fits. Chinese may break anywhere. */
export function linesOf(text: string, width: number, measure: (words: string) => number): string[] {
  const lines: string[] = []
  let line = ""
  for (const letter of text) {
    if (line && measure(line + letter) > width) {
      lines.push(line)
      line = letter.trimStart()
    } else line += letter
  }
  return line ? [...lines, line] : lines
}

/** Title, time, place and a QR, drawn here: nothing of people stands on it. */
export async function drawCard({ title, when, where, qr }: Share): Promise<Blob> {
  const canvas = document.createElement("canvas")
  canvas.width = WIDTH
  canvas.height = HEIGHT
  const pen = canvas.getContext("2d")
  if (!pen) throw new Error("This browser draws nothing.")
  drawGround(pen)
  let y = 340
  const write = (words: string, size: number, colour: string, weight = 400) => {
    pen.font = `${weight} ${size}px ${FACE}`
    pen.fillStyle = colour
    for (const line of linesOf(words, WIDTH - 128, (part) => pen.measureText(part).width).slice(0, 3)) {
      pen.fillText(line, 64, y)
      y += size * 1.4
    }
    y += 8
  }
  write(title, 60, "#1a1a1a", 700)
  write(when, 40, "#067a42", 600)
  write(where, 34, "#555555")
  const code = await picture(qr)
  pen.drawImage(code, 40, HEIGHT - 340, 300, 300)
  y = HEIGHT - 200
  pen.font = `600 38px ${FACE}`
  pen.fillStyle = "#1a1a1a"
  pen.fillText("扫一扫，来报名", 364, y)
  pen.font = `400 28px ${FACE}`
  pen.fillStyle = "#666666"
  pen.fillText("幸福驿站 · 残疾人之家", 364, y + 48)
  const drawn = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"))
  if (!drawn) throw new Error("This browser keeps no picture.")
  return drawn
}

function drawGround(pen: CanvasRenderingContext2D): void {
  pen.fillStyle = "#ffffff"
  pen.fillRect(0, 0, WIDTH, HEIGHT)
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

function picture(svg: string): Promise<HTMLImageElement> {
  const image = new Image()
  return new Promise((resolve, reject) => {
    image.onload = () => resolve(image)
    image.onerror = () => reject(new Error("The code cannot be drawn."))
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
  })
}
