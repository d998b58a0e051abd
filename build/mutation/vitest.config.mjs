import { defineConfig } from 'vitest/config'

/** The tests of one room, as build/mutate.mjs chose them. Stryker sets one worker and stops at the first failure. */
export default defineConfig({
  test: {
    include: JSON.parse(process.env.VAMPIRA_MUTATION_TESTS ?? '[]'),
    exclude: ['node_modules/**'],
    // The command line that tests start is built from the changed code.
    globalSetup: process.env.VAMPIRA_MUTATION_BUILD ? ['test/build-cli.mjs'] : [],
    setupFiles: ['build/mutation/setup.mjs'],
    testTimeout: 30_000,
    isolate: false,
  },
  plugins: [
    {
      name: 'processes',
      configureVitest({ project }) {
        // A thread cannot change its folder. Stryker asks for threads in a way that the setting `pool` does not change.
        if (process.env.VAMPIRA_MUTATION_PROCESSES) project.config.pool = 'forks'
      },
    },
  ],
})
