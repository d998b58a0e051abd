import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { describeRequest } from '../../src/capture/capture-request.ts'
import { Redactor } from '../../src/capture/redact.ts'

test.each([
  [{}, tmpdir()],
  [{ TMPDIR: '' }, tmpdir()],
  [{ TMPDIR: '/scratch/7' }, '/scratch/7'],
  [{ TMPDIR: 'scratch' }, '/data/survey/scratch'],
])('Temporary files of a program with %j are in %s', (environment, folder) => {
  const request = {
    command: ['true'],
    base: 'urn:vampira:',
    detail: 'adaptive',
    journals: '/journals',
    recorder: '0.1.0',
    environment,
  } as const
  const facts = { id: '019343c2-8a10-7c3e-9d55-3f2b7a1c0001', name: 'true', args: ['true'] }
  const run = describeRequest(request, { ...facts, directory: '/data/survey' }, new Redactor())
  expect(run.temporary).toBe(folder)
})
