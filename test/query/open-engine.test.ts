import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { UsageError } from '../../src/errors.ts'
import { FederatedEngine } from '../../src/query/federated-engine.ts'
import { LocalEngine } from '../../src/query/local-engine.ts'
import { openEngine } from '../../src/query/open-engine.ts'
import { RemoteEngine } from '../../src/query/remote-engine.ts'
import type { Store } from '../../src/store/store.ts'
import { storeOf } from '../queries/cases.ts'
import { endpointAt, listen } from '../sparql/listen.ts'

let store: Store
let remove: () => void
beforeAll(async () => ({ store, remove } = await storeOf(['ranking'])))
afterAll(() => remove())

const lab = { endpoint: { ...endpointAt('http://127.0.0.1:9/q'), name: 'lab' } }
const home = { endpoint: { ...endpointAt('http://127.0.0.1:9/r'), name: 'home' } }
const file = { file: 'exported.trig' }

describe('openEngine', () => {
  it('needs something to ask', async () => {
    const opened = openEngine([])
    await expect(opened).rejects.toBeInstanceOf(UsageError)
    await expect(opened).rejects.toMatchObject({ advice: 'Give a store, a file or a URL.' })
  })

  it.each([
    ['a store', () => [{ store }], LocalEngine, () => [store.location]],
    ['a file', () => [file], LocalEngine, () => ['exported.trig']],
    ['a file and a store', () => [file, { store }], LocalEngine, () => [store.location, 'exported.trig']],
    ['an endpoint', () => [lab], RemoteEngine, () => ['lab']],
    ['two endpoints', () => [lab, home], FederatedEngine, () => ['lab', 'home']],
    ['an endpoint and a file', () => [lab, file], FederatedEngine, () => ['exported.trig', 'lab']],
  ])('opens %s, and reads nothing of it', async (_, sources, kind, names) => {
    const engine = await openEngine(sources())
    expect(engine).toBeInstanceOf(kind)
    expect(engine.sources).toEqual(names())
    await engine.close()
  })

  it('gives endpoints the time that it is given', async () => {
    const { url } = await listen(() => {})
    const engine = await openEngine([{ endpoint: endpointAt(url) }], { timeout: 20 })
    await expect(engine.query('ASK {}')).rejects.toThrow('no answer within 0.02 s')
  })

  it('reports what is loaded', async () => {
    const progress: string[] = []
    const engine = await openEngine([{ store }], { onProgress: (n, of) => progress.push(`${n} of ${of}`) })
    await engine.query('ASK {}')
    expect(progress).toEqual(['1 of 1'])
  })
})
