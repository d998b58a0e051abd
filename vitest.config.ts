import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/integration/**', 'node_modules/**'],
    globalSetup: ['test/build-cli.mjs', 'test/temporary-files.mjs'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Files share a worker's modules, which are costly to load; no test leaves anything behind in them.
    isolate: false,
    // Most tests wait for processes they started; the default leaves one of two cores idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
})
