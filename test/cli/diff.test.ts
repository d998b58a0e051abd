import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { storeOf } from '../queries/cases.ts'
import { vampiraHere } from './here.ts'

test('diff says of what it did not compare no more than that', async () => {
  const { store, remove } = await storeOf(['ranking'])
  try {
    await store.runs()
    const index = join(store.location, 'runs.jsonl')
    const endless = '"tripleCount":1000000000000'
    writeFileSync(index, readFileSync(index, 'utf8').replace(/"tripleCount":\d+/g, endless))
    const { code, stdout } = await vampiraHere(['diff', 'last', 'ranking', '--store', store.location])
    expect(code).toBe(0)
    expect(stdout).toContain(
      'Nothing that was compared differs.\nWhat components returned was not compared: ',
    )
  } finally {
    remove()
  }
})
