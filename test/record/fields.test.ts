import { expect, test } from 'vitest'
import type { JournalValue, ObjectValue } from '../../src/journal/line.ts'
import { fieldsOf, KnownFields } from '../../src/record/fields.ts'
import { SettingTotals } from '../../src/record/setting-totals.ts'

const object = (more: Partial<ObjectValue>): ObjectValue => ({ $: 'object', type: 'Config', ...more })

test('The fields of an object are named by their path, with lists and empty mappings whole, and secrets without a value', () => {
  const fields = {
    alpha: { $: 'double', v: '2.0' },
    out: { $: 'object', type: 'pathlib.PosixPath', v: 'a.csv' },
    model: { depth: 3, deep: { on: true } },
    layers: [1, { $: 'double', v: '2.0' }],
    none: null,
    more: {},
    token: { $: 'redacted' },
  }
  expect(fieldsOf(object({ fields }))).toEqual([
    { path: 'alpha', literal: { lexical: '2.0E0', type: 'double' } },
    { path: 'out', literal: { lexical: 'a.csv', type: 'string' } },
    { path: 'model.depth', literal: { lexical: '3', type: 'integer' } },
    { path: 'model.deep.on', literal: { lexical: 'true', type: 'boolean' } },
    { path: 'layers', literal: { lexical: '[1,2]', type: 'json' } },
    { path: 'none', literal: { lexical: 'null', type: 'json' } },
    { path: 'more', literal: { lexical: '{}', type: 'json' } },
    { path: 'token', literal: undefined },
  ])
})

test('A mapping has fields, a list, an empty mapping, a number and a text have none', () => {
  expect(fieldsOf(object({ type: 'dict', v: { a: 1 } }))).toEqual([
    { path: 'a', literal: { lexical: '1', type: 'integer' } },
  ])
  const without: JournalValue[] = [object({ v: [1] }), object({ v: {} }), object({ v: 'x' }), 1, 'x', null]
  for (const value of without) expect(fieldsOf(value)).toBeUndefined()
})

test('An object that comes without its fields has those that it came with last', () => {
  const known = new KnownFields()
  const first = object({ id: 1, fields: { alpha: 1 } })
  expect(known.complete(first)).toBe(first)
  const again = object({ id: 1 })
  expect(known.completeAll([3, again])).toEqual([3, first])
  expect(known.complete(object({ id: 1, fields: { alpha: 2 }, length: 2 }))).toMatchObject({ length: 2 })
  expect(known.complete(again)).toEqual(object({ id: 1, fields: { alpha: 2 }, length: 2 }))
  expect(known.complete(object({ id: 2 }))).toEqual(object({ id: 2 }))
  // It has lost its fields.
  known.complete(object({ id: 1, length: 0 }))
  expect(known.complete(again)).toEqual(again)
})

test('Settings count each field by itself, and whole mappings where names never repeat', () => {
  const totals = new SettingTotals()
  for (const alpha of [1, 1, 2]) totals.add([5, object({ fields: { alpha, token: { $: 'redacted' } } })])
  expect(totals.read()).toEqual([
    expect.objectContaining({ parameter: 0, sampledCount: 3 }),
    expect.objectContaining({
      parameter: 1,
      field: 'alpha',
      values: [
        { literal: { lexical: '1', type: 'integer' }, count: 2 },
        { literal: { lexical: '2', type: 'integer' }, count: 1 },
      ],
    }),
    expect.objectContaining({ parameter: 1, field: 'token', redacted: true, values: [] }),
  ])
  const many = new SettingTotals()
  for (let n = 0; n < 201; n++) many.add([object({ type: 'dict', v: { [`day-${n}`]: n } })])
  const settings = many.read()
  expect(settings.filter(({ field }) => field !== undefined)).toHaveLength(200)
  expect(settings[0]).toMatchObject({
    parameter: 0,
    values: [{ literal: { lexical: '{"day-200":200}', type: 'json' }, count: 1 }],
  })
})
