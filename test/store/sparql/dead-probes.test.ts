import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { hashHost } from '../../../src/host-hash.ts'
import { ownerLine, removeDeadProbes } from '../../../src/store/sparql/dead-probes.ts'
import { endpoint, server, startServerForEach } from './fresh-server.ts'

startServerForEach()

const graph = 'urn:uuid:00000000-0000-4000-8000-000000000001#probe'
const hour = 3600 * 1000
/** A process of this machine that has ended. */
function deadProcess(): number {
  return spawnSync(process.execPath, ['--version']).pid
}

/** Whether a probe that says this of its owner is still there afterwards. */
async function staysThere(owner: string): Promise<boolean> {
  server.store.load(ownerLine(graph).replace(/"[^"]*"/, `"${owner}"`), {
    format: 'application/n-triples',
    to_graph_name: { termType: 'NamedNode', value: graph } as never,
  })
  await removeDeadProbes(endpoint)
  return server.store.size > 0
}

test('The graph of a push that was killed on this machine is removed', async () => {
  expect(await staysThere(`${hashHost()} ${deadProcess()} ${Date.now()}`)).toBe(false)
  expect(server.log).toEqual([`DELETE ${graph}`])
})

test('The graph of a push that is alive stays', async () => {
  expect(await staysThere(`${hashHost()} ${process.pid} ${Date.now()}`)).toBe(true)
})

test('What another machine left is removed after a day, when no request of it can be under way', async () => {
  const elsewhere = `${hashHost('elsewhere')} ${deadProcess()}`
  expect(await staysThere(`${elsewhere} ${Date.now() - 23 * hour}`)).toBe(true)
  expect(await staysThere(`${elsewhere} ${Date.now() - 25 * hour}`)).toBe(false)
})

test('After a day a graph is removed though another process has the number of its own now', async () => {
  expect(await staysThere(`${hashHost()} ${process.pid} ${Date.now() - 25 * hour}`)).toBe(false)
})

test('Other graphs, and what somebody else says with that property, are left alone', async () => {
  server.store.load('<urn:a> <urn:b> <urn:c> .', {
    format: 'application/n-triples',
    to_graph_name: { termType: 'NamedNode', value: 'urn:g' } as never,
  })
  expect(await staysThere('mine')).toBe(true)
  expect(server.log).toEqual([])
})
