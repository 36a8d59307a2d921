import { fileURLToPath } from "node:url"
import vue from "@vitejs/plugin-vue"
import pxtorem from "postcss-pxtorem"
import { defineConfig } from "vite"
import { worker } from "./scripts/worker.ts"

const backend = process.env.BACKEND ?? "http://127.0.0.1:8000"
const forwarded = ["/api", "/_allauth", "/media", "/static", "/livez", "/readyz", "^/calendar/[^/]+\\.ics$"]

export default defineConfig({
  plugins: [vue(), worker()],
  define: {
    __VUE_OPTIONS_API__: "false",
    __VUE_PROD_DEVTOOLS__: "false",
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false",
  },
  resolve: { alias: { "@": fileURLToPath(new URL("src", import.meta.url)) } },
  // Lengths are written in px and become rem, so that the reader's own text size moves everything; hairlines stay.
  css: { postcss: { plugins: [pxtorem({ rootValue: 16, propList: ["*"], minPixelValue: 2 })] } },
  build: {
    // <dialog> sets the floor; below it the app could not be used anyway.
    target: ["chrome87", "edge87", "firefox98", "safari15.4"],
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    manifest: true,
    assetsInlineLimit: 0,
    // Many small files compress badly: one for the shell and what every page has, one for what many share, one a page.
    rolldownOptions: {
      output: {
        // The first page lists them all, and a hash does not compress.
        chunkFileNames: "assets/[name]-[hash:7].js",
        assetFileNames: "assets/[name]-[hash:6][extname]",
        codeSplitting: {
          groups: [
            { name: "app", test: /src\/(main\.ts|ui\/(Button\.vue|Problem\.vue|fields\.ts))/, priority: 2 },
            // What few pages have weighs on those alone.
            { name: "parts", test: /src\/(ui|api)\/(?!lazy)/, priority: 1 },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      // The page's own host goes along, or the server's CSRF check would see a stranger.
      ...Object.fromEntries(forwarded.map((path) => [path, { target: backend, changeOrigin: false }])),
      "/ws": { target: backend, ws: true, changeOrigin: false },
    },
  },
})
