import { DataFactory } from 'n3'
import { expect, test } from 'vitest'
import { settingKey, settingOf } from '../../src/analyse/setting-row.ts'

const { literal, namedNode } = DataFactory
const parameter = namedNode('urn:vampira:parameter:p/survey.smooth.kernel')
const row = { name: literal('survey.smooth'), parameter }

test('A field of an object is a setting of its own; a parameter without fields is one by itself', () => {
  const field = { ...row, setting: literal('kernel.std') }
  expect([settingOf(field), settingKey(field)]).toEqual(['kernel.std', 'survey.smooth kernel.std'])
  expect([settingOf(row), settingKey(row)]).toEqual([parameter.value, `survey.smooth ${parameter.value}`])
})
