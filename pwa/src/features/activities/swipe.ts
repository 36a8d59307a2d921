const ENOUGH = 56

/** A finger across: 1 is on, -1 is back. Buttons that do the same stand on every page that uses it. */
export function swiping(go: (by: 1 | -1) => void) {
  let from: { x: number; y: number } | null = null
  return {
    start({ touches }: TouchEvent) {
      const [touch] = touches
      from = touch && touches.length === 1 ? { x: touch.clientX, y: touch.clientY } : null
    },
    end({ changedTouches: [touch] }: TouchEvent) {
      if (!from || !touch) return
      const [across, down] = [touch.clientX - from.x, touch.clientY - from.y]
      from = null
      if (Math.abs(across) > ENOUGH && Math.abs(across) > 2 * Math.abs(down)) go(across < 0 ? 1 : -1)
    },
  }
}
