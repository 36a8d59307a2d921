import { BarcodeDetector, prepareZXingModule } from "barcode-detector/ponyfill"
// It would be fetched from a stranger's server.
import wasm from "zxing-wasm/reader/zxing_reader.wasm?url"

export function decoder() {
  prepareZXingModule({ overrides: { locateFile: (path: string) => (path.endsWith(".wasm") ? wasm : path) } })
  return new BarcodeDetector({ formats: ["qr_code"] })
}
