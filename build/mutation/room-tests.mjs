import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

/**
 * The test files that belong to a room: those of the same folder under test/ (of the nearest one above it that there
 * is), or, where there is none, those that import the room. Those that start the built command line are left out where
 * there are others: a mutant would take a minute of them.
 * @param {string} root folder of package.json
 * @param {string} room folder or file, relative to it
 * @returns {string[]} relative to root
 */
export function findRoomTests(root, room) {
  const mirror = mirrorOf(root, room)
  if (mirror !== undefined) {
    const own = testFiles(root, mirror)
    const quick = own.filter((file) => !startsCli(root, file))
    return quick.length === 0 ? own : quick
  }
  return testFiles(root, 'test').filter((file) => {
    if (startsCli(root, file)) return false
    return importsOf(join(root, file)).some((path) => `${relative(root, path)}/`.startsWith(`${room}/`))
  })
}

/** The test files that a path names: itself, or all below a folder. Those of other tools and servers are left out. */
export function testFiles(root, path) {
  if (!existsSync(join(root, path))) throw new Error(`There is no ${path}`)
  if (statSync(join(root, path)).isFile()) return [path]
  return filesBelow(root, path).filter(
    (file) => file.endsWith('.test.ts') && !file.startsWith('test/integration/'),
  )
}

/** True where a test starts the built command line. */
export function startsCli(root, file) {
  return mentions(root, file, /\bdist\/cli\b/)
}

/** True where a test, or a process that it starts, loads anything of dist/. */
export function loadsDist(root, file) {
  return mentions(root, file, /(?<!\w\/)\bdist\//)
}

/** True where a test changes the folder that it runs in, which a worker thread cannot. */
export function changesFolder(root, file) {
  return mentions(root, file, /\bprocess\.chdir\b/)
}

/** Whether a test says so, or a file under test/ that it imports or starts. */
function mentions(root, file, pattern) {
  return [...withSupport(root, join(root, file))].some((path) => pattern.test(readFileSync(path, 'utf8')))
}

export function filesBelow(root, folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort()
}

function mirrorOf(root, room) {
  let folder = join('test', room.replace(/^src\//, '')).replaceAll('\\', '/')
  if (folder.endsWith('.ts')) {
    const own = folder.replace(/\.ts$/, '.test.ts')
    if (dirname(folder) === 'test') return existsSync(join(root, own)) ? own : undefined
    folder = dirname(folder)
  }
  while (folder !== 'test') {
    if (existsSync(join(root, folder)) && testFiles(root, folder).length > 0) return folder
    folder = dirname(folder)
  }
  return undefined
}

function withSupport(root, file, seen = new Set()) {
  if (seen.has(file) || !file.startsWith(join(root, 'test')) || !existsSync(file)) return seen
  seen.add(file)
  for (const path of [...importsOf(file), ...startsOf(file)]) withSupport(root, path, seen)
  return seen
}

function importsOf(file) {
  const imports = readFileSync(file, 'utf8').matchAll(
    /^(?:import|export)\s(?!type\b)[^;]*?from '(\.[^']+)'/gm,
  )
  return [...imports].map(([, path]) => resolve(dirname(file), path))
}

/** Scripts that a test starts as processes: `new URL('store-process.mjs', import.meta.url)`. */
function startsOf(file) {
  const scripts = readFileSync(file, 'utf8').matchAll(/new URL\('([^']+\.m?js)', import\.meta\.url\)/g)
  return [...scripts].map(([, path]) => resolve(dirname(file), path))
}
