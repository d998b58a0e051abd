import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { packageRoot } from '../src/package-root.ts'

const dist = join(packageRoot, 'dist')
const stamp = join(dist, '.built')

/**
 * Before any test: dist/ is what src/ and cli/ say, since the CLI is tested as people run it. Types are not looked at
 * here; that is `npm run check`.
 */
export default function buildCli(): void {
  if (!isStale()) return
  const began = new Date()
  mkdirSync(dist, { recursive: true })
  const fresh = mkdtempSync(join(dist, '.build-'))
  try {
    const compiler = join(packageRoot, 'node_modules/typescript/bin/tsc')
    const options = ['-p', 'tsconfig.build.json', '--noCheck', '--outDir', fresh]
    execFileSync(process.execPath, [compiler, ...options], { cwd: packageRoot, stdio: 'inherit' })
    for (const file of filesIn(fresh)) moveIfChanged(file, join(dist, relative(fresh, file)))
    writeFileSync(stamp, '')
    utimesSync(stamp, began, began)
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
}

function isStale(): boolean {
  if (!existsSync(stamp)) return true
  const built = statSync(stamp).mtimeMs
  const sources = ['src', 'cli'].flatMap((folder) => filesIn(join(packageRoot, folder)))
  return sources.some((file) => statSync(file).mtimeMs >= built)
}

// By rename, so that a CLI which another test run has started from dist/ never reads half a module.
function moveIfChanged(from: string, to: string): void {
  if (existsSync(to) && readFileSync(to).equals(readFileSync(from))) return
  mkdirSync(dirname(to), { recursive: true })
  renameSync(from, to)
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}
