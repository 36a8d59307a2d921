import { defineConfig, mergeConfig } from "vitest/config"
import app from "./vite.config.ts"

export default mergeConfig(
  app,
  defineConfig({
    test: {
      environment: "happy-dom",
      include: ["{src,sw,scripts}/**/*.test.ts"],
      setupFiles: ["src/test-setup.ts"],
      // Above what a test waits for (test-setup.ts), so that a failure says what did not come.
      testTimeout: 30_000,
      hookTimeout: 30_000,
    },
  }),
)
