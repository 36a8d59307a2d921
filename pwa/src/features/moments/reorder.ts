import { onUnmounted, ref } from "vue"

const HOLD_MS = 260
const SLIP = 10

/** A long press lifts a tile, the finger carries it over the others. Buttons that do the same stand below the tiles. */
export function reordering(move: (from: number, to: number) => void) {
  const carried = ref<number | null>(null)
  let hold: ReturnType<typeof setTimeout> | undefined
  let start = { x: 0, y: 0 }

  function down(event: PointerEvent, index: number) {
    clearTimeout(hold)
    start = { x: event.clientX, y: event.clientY }
    hold = setTimeout(() => {
      carried.value = index
      navigator.vibrate?.(10)
    }, HOLD_MS)
  }

  function over(event: PointerEvent) {
    if (carried.value === null) {
      // A finger that goes on at once wants to scroll.
      if (Math.hypot(event.clientX - start.x, event.clientY - start.y) > SLIP) clearTimeout(hold)
      return
    }
    const under = document.elementFromPoint(event.clientX, event.clientY)?.closest<HTMLElement>("[data-tile]")
    const to = Number(under?.dataset.tile)
    if (!under || to === carried.value) return
    move(carried.value, to)
    carried.value = to
  }

  function up() {
    clearTimeout(hold)
    // The click that follows belongs to the carrying.
    setTimeout(() => {
      carried.value = null
    })
  }

  const still = (event: TouchEvent) => carried.value !== null && event.preventDefault()
  onUnmounted(() => clearTimeout(hold))
  return { carried, down, over, up, still }
}
