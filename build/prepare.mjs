// Makes a clone ready: the packages of package-lock.json, and dist/. Plain Node, so that it runs before there are any.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { buildIfStale, isStale } from './build-dist.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * Installs what the lock file asks for where it is not there, and builds dist/ where sources are newer. Safe to call
 * from several processes at once: one works, the others wait.
 */
export async function prepare() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    fail(`Node ${process.versions.node} is too old: vampira needs Node 20.19 or newer`)
  }
  // Nothing is written where nothing is to be done: the folder may be read-only.
  if (isInstalled() && !isStale(root)) return
  const release = await takeTurn().catch((error) => {
    if (error.code !== 'EACCES' && error.code !== 'EROFS') throw error
    fail(`Cannot write to ${root}, and its packages or dist/ are not up to date: make them where you can`)
  })
  try {
    if (!isInstalled()) install()
    await buildIfStale(root, (line) => console.error(line))
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error))
  } finally {
    release()
  }
}

/** npm writes down what it put into node_modules; it is compared with the lock file, package by package. */
function isInstalled() {
  const installed = readPackages(join(root, 'node_modules', '.package-lock.json'))
  if (installed === undefined) return false
  const wanted = readPackages(join(root, 'package-lock.json'))
  return Object.entries(wanted ?? {}).every(([path, { version, integrity, optional }]) => {
    if (path === '') return true
    const here = installed[path]
    // Optional ones are for other platforms when they are absent.
    if (here === undefined) return optional === true
    return here.version === version && here.integrity === integrity
  })
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch {
    return undefined
  }
}

function install() {
  console.error('Installing the packages of package-lock.json (only when it changed)')
  // npm's own script where npm started us: on Windows `npm` is a batch file, which needs a shell.
  const npm = process.env.npm_execpath
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error']
  const { status, error, stdout, stderr } =
    npm === undefined
      ? spawnSync('npm', args, { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' })
      : spawnSync(process.execPath, [npm, ...args], { cwd: root, encoding: 'utf8' })
  if (status !== 0) {
    console.error(`${stdout ?? ''}${stderr ?? ''}`.trim())
    throw new Error(`npm ci failed${error === undefined ? '' : `: ${error.message}`}. What it said is above`)
  }
}

/** One process at a time, by a file that names it; a file left by a process that is gone is taken over. */
async function takeTurn() {
  const lock = join(root, 'build', '.turn')
  const mine = `${process.pid} ${createHash('sha256').update(`${process.pid}${process.hrtime.bigint()}`).digest('hex')}`
  let said = false
  for (;;) {
    try {
      writeFileSync(lock, mine, { flag: 'wx' })
      const release = () => {
        if (existsSync(lock) && readFileSync(lock, 'utf8') === mine) rmSync(lock)
      }
      process.once('exit', release)
      return release
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    const holder = readHolder(lock)
    if (holder !== undefined && !isAlive(holder)) {
      rmSync(lock, { force: true })
      continue
    }
    if (!said) console.error(`Waiting for process ${holder ?? ''}, which is preparing this folder`)
    said = true
    await sleep(200)
  }
}

function readHolder(lock) {
  try {
    return Number.parseInt(readFileSync(lock, 'utf8'), 10) || undefined
  } catch {
    return undefined
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function fail(message) {
  console.error(`${message}.`)
  process.exit(3)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await prepare()
