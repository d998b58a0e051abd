#!/usr/bin/env node
// The first file that runs. It imports nothing and uses no new syntax, so that a Node that is too old reads it to its end
// and says so, where it would stop at the first name that it does not know.
const oldest = [20, 19] as const
const [major, minor] = process.versions.node.split('.').map(Number) as [number, number]

if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
  process.stderr.write(
    `vampira: Node ${process.versions.node} is too old. Use Node ${oldest.join('.')} or newer: https://nodejs.org.\n`,
  )
  process.exitCode = 3
} else void import('./start.ts').then(({ start }) => start())
