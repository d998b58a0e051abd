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
} else {
  keepCompiledCode()
  void import('./start.ts').then(({ start }) => start())
}

/**
 * Node 22.8 and newer keep the compiled code of all that is imported from here on: beside the Python agent's, in the
 * user's cache. It runs what is read from there, so other users must not be able to write it.
 */
function keepCompiledCode(): void {
  // The types are those of the oldest Node.
  const { enableCompileCache } = process.getBuiltinModule('node:module') as object as {
    enableCompileCache?: (folder: string) => unknown
  }
  const base = process.env['XDG_CACHE_HOME'] || `${process.env['HOME']}/.cache`
  if (enableCompileCache === undefined || !base.startsWith('/')) return
  const folder = `${base}/vampira/node`
  const { mkdirSync, statSync } = process.getBuiltinModule('node:fs')
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const { uid, mode } = statSync(folder)
    if (uid === process.getuid?.() && (mode & 0o022) === 0) enableCompileCache(folder)
  } catch {
    // A home that cannot be written: the code is compiled each time.
  }
}
