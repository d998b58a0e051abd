import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { packageRoot } from '../../src/package-root.ts'

const run = promisify(execFile)

/** How one server is asked whether it is up, and where on it a store is. */
const servers = {
  fuseki: { ready: '/$/ping', store: '/ds' },
  oxigraph: { ready: '/', store: '' },
  rdf4j: { ready: '/rdf4j-server/repositories/runs/size', store: '/rdf4j-server/repositories/runs' },
  virtuoso: { ready: '/sparql', store: '/sparql' },
} as const

export type ServerName = keyof typeof servers

/** A server that is up, on loopback, with an empty store of its own. */
export interface RunningServer {
  /** What a person would give to `vampira push`. */
  url: string
  pid: number
  dataDirectory: string
  /** SIGTERM, then SIGKILL after 20 s; with its data unless kept. */
  stop(options?: { keepData?: boolean }): Promise<void>
}

/**
 * Fetches the server into its cache where it is absent, starts it on a free port of 127.0.0.1 and waits until it
 * answers.
 * @param options.password makes Fuseki ask for it (users `writer` and `reader`)
 * @param options.dataDirectory starts it on what an earlier one left there
 */
export async function startServer(
  name: ServerName,
  options: { password?: string; dataDirectory?: string; port?: number } = {},
): Promise<RunningServer> {
  const recipe = join(packageRoot, 'test/servers', name)
  await run(join(recipe, 'fetch.sh'))
  const dataDirectory = options.dataDirectory ?? (await mkdtemp(join(tmpdir(), `vampira-${name}-`)))
  const port = options.port ?? (await freePort())
  const child = spawn(join(recipe, 'start.sh'), [String(port), dataDirectory], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, VAMPIRA_TEST_PASSWORD: options.password ?? '' },
  })
  let said = ''
  const listen = (chunk: Buffer): void => {
    said = (said + chunk.toString()).slice(-4000)
  }
  child.stdout.on('data', listen)
  child.stderr.on('data', listen)
  const killWithUs = (): void => void child.kill('SIGKILL')
  process.once('exit', killWithUs)

  const stop = async ({ keepData = false } = {}): Promise<void> => {
    process.off('exit', killWithUs)
    if (child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      const deadline = setTimeout(() => child.kill('SIGKILL'), 20_000)
      await gone
      clearTimeout(deadline)
    }
    if (!keepData) await rm(dataDirectory, { recursive: true, force: true, maxRetries: 3 })
  }

  const origin = `http://127.0.0.1:${port}`
  const deadline = Date.now() + 60_000
  const isReady = async (): Promise<boolean> =>
    (name !== 'virtuoso' || existsSync(join(dataDirectory, 'ready'))) &&
    (await answers(origin + servers[name].ready))
  while (!(await isReady())) {
    if (child.exitCode !== null || child.signalCode !== null || Date.now() > deadline) {
      await stop()
      throw new Error(`${name} did not start on port ${port}; it said:\n${said}`)
    }
    await sleep(100)
  }
  return { url: origin + servers[name].store, pid: child.pid as number, dataDirectory, stop }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) })
    await response.arrayBuffer()
    return response.ok
  } catch {
    return false
  }
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
