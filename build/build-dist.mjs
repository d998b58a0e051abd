import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { bundleCli } from './bundle-cli.mjs'

/**
 * Compiles src/ and cli/ into dist/ where anything they are made of is newer than the last build. File by file and by
 * rename, so that a CLI that runs from dist/ meanwhile never reads half a module. Types are `npm run check`'s work.
 * @param {string} root folder of package.json
 * @param {(line: string) => void} say called once, when there is work
 * @throws Error with the compiler's words
 */
export async function buildIfStale(root, say) {
  const dist = join(root, 'dist')
  const began = new Date()
  if (!isStale(root)) return
  say('Building dist/ (sources changed)')
  mkdirSync(dist, { recursive: true })
  const fresh = mkdtempSync(join(dist, '.fresh-'))
  try {
    const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [compiler, '-p', 'tsconfig.build.json', '--noCheck', '--outDir', fresh],
      { cwd: root, encoding: 'utf8' },
    )
    if (status !== 0) throw new Error(`The compiler failed: ${`${stdout}${stderr}`.trim()}`)
    await bundleCli(root, join(fresh, 'cli'))
    const built = filesIn(fresh)
    const kept = new Set(built.map((file) => relative(fresh, file)))
    for (const file of built) {
      const place = join(dist, relative(fresh, file))
      mkdirSync(dirname(place), { recursive: true })
      renameSync(file, place)
    }
    for (const file of filesIn(dist)) {
      const name = relative(dist, file)
      if (!kept.has(name) && !name.startsWith('.')) rmSync(file, { force: true })
    }
    writeFileSync(stampOf(root), '')
    // What was edited while the compiler read is newer than this.
    utimesSync(stampOf(root), began, began)
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
}

/** @param {string} root folder of package.json */
export function isStale(root) {
  const stamp = stampOf(root)
  if (!existsSync(stamp)) return true
  const built = statSync(stamp).mtimeMs
  const sources = ['src', 'cli'].flatMap((folder) => filesIn(join(root, folder)))
  const settings = [
    'build/build-dist.mjs',
    'build/bundle-cli.mjs',
    'tsconfig.json',
    'tsconfig.build.json',
    'package-lock.json',
  ].map((name) => join(root, name))
  return [...sources, ...settings].some((file) => statSync(file).mtimeMs > built)
}

/** Its time is that of the last build. */
function stampOf(root) {
  return join(root, 'dist', '.built')
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}
