import { expect, test } from 'vitest'
import { UsageError } from '../../src/errors.ts'
import { readQualityRule } from '../../src/open/quality-rule.ts'

test.each([
  ['train.evaluate', { component: 'train.evaluate' }],
  ['train.evaluate#/test/r2', { component: 'train.evaluate', pointer: '/test/r2' }],
  ['train.evaluate#', { component: 'train.evaluate', pointer: '' }],
  [' metrics.json ', { file: 'metrics.json' }],
  ['out/metrics.txt#/a#b', { file: 'out/metrics.txt', pointer: '/a#b' }],
  ['scores.CSV#/r2', { file: 'scores.CSV', pointer: '/r2' }],
])('%j is a rule', (text, rule) => {
  expect(readQualityRule('r2', text)).toEqual({ metric: 'r2', ...rule })
})

test.each([
  ['r2', '', 'quality r2 names nothing'],
  ['r2', '#/r2', 'quality r2 names nothing'],
  ['', 'train', 'quality  names nothing'],
  ['r2', 'metrics.json#r2', 'r2 is no JSON pointer: it begins with /'],
])('%j measured by %j is none', (metric, text, message) => {
  expect(() => readQualityRule(metric, text)).toThrow(UsageError)
  expect(() => readQualityRule(metric, text)).toThrow(message)
})
