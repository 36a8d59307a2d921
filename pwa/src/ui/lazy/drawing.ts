import { blobOf, canvasOf, type Pen } from "./canvas"
import { svgUrl } from "./svg"

export type { Pen }

const FACE = '"PingFang SC", "HarmonyOS Sans SC", "MiSans", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif'

/** A picture with words, drawn on this phone. Throws where this browser draws nothing, or keeps no picture. */
export async function drawn(width: number, height: number, draw: (pen: Pen) => Promise<void>): Promise<Blob> {
  const pen = canvasOf(width, height)
  if (!pen) throw new Error("This browser draws nothing.")
  await draw(pen)
  const blob = await blobOf(pen)
  if (!blob) throw new Error("This browser keeps no picture.")
  return blob
}

export interface Ink {
  size: number
  colour: string
  weight?: number
  align?: CanvasTextAlign
}

export function write(pen: Pen, words: string, x: number, y: number, { size, colour, weight = 400, align }: Ink): void {
  pen.font = `${weight} ${size}px ${FACE}`
  pen.fillStyle = colour
  pen.textAlign = align ?? "left"
  pen.fillText(words, x, y)
}

/** Lines of this width, each so high; answers where the next one would stand. */
export function writeLines(
  pen: Pen,
  words: string,
  {
    x,
    y,
    width,
    height,
    most = Number.POSITIVE_INFINITY,
  }: { x: number; y: number; width: number; height: number; most?: number },
  ink: Ink,
): number {
  pen.font = `${ink.weight ?? 400} ${ink.size}px ${FACE}`
  const lines = linesOf(words, width, (part) => pen.measureText(part).width).slice(0, most)
  lines.forEach((line, index) => {
    write(pen, line, x, y + index * height, ink)
  })
  return y + lines.length * height
}

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

export async function drawSvg(pen: Pen, svg: string, x: number, y: number, side: number): Promise<void> {
  const image = new Image()
  image.src = svgUrl(svg)
  await image.decode()
  pen.drawImage(image, x, y, side, side)
}
