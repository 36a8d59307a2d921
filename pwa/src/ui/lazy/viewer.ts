import PhotoSwipe from "photoswipe"
import "./viewer.css"

export interface Picture {
  id: string
  src: string
  width: number
  height: number
  preview: string
  alt: string
}

/** Photos on the whole screen, from one of them on. Answers how to close it; `closed` is told however that came about. */
export function view(pictures: Picture[], index: number, closed: () => void): () => void {
  const dataSource = pictures.map(({ preview, ...picture }) => ({ ...picture, msrc: preview }))
  const viewer = new PhotoSwipe({
    dataSource,
    index,
    bgOpacity: 1,
    showHideAnimationType: matchMedia("(prefers-reduced-motion: reduce)").matches ? "none" : "fade",
    showAnimationDuration: 160,
    hideAnimationDuration: 160,
    closeTitle: "关闭",
    zoomTitle: "放大或还原",
    arrowPrevTitle: "上一张",
    arrowNextTitle: "下一张",
    indexIndicatorSep: " / ",
    errorMsg: "这张照片打不开，请看看网络。",
  })
  viewer.on("destroy", closed)
  viewer.init()
  viewer.element?.setAttribute("aria-label", "看照片")
  // While it is still opening it hears no close.
  return () => (viewer.opener.isOpen ? viewer.close() : viewer.on("openingAnimationEnd", () => viewer.close()))
}
