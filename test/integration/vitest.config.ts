import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** Suites that need real servers and other people's tools: `npm run test:integration`, or .ci/run, which brings them. */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['test/integration/**/*.test.ts'],
    globalSetup: ['test/build-cli.mjs', 'test/temporary-files.mjs'],
    testTimeout: 120_000,
    hookTimeout: 600_000,
    // Two cores, and servers that want one each.
    fileParallelism: false,
  },
})
