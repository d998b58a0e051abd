import { expect, test } from 'vitest'
import { workplaceIn } from '../../src/recorder/workplace.ts'

test('The folders are where earlier versions left journals, so that these can be recovered', () => {
  const settings = {
    base: 'urn:vampira:',
    quality: [],
    generators: [],
    include: [],
    exclude: [],
    ignore: [],
    keep: 'texts' as const,
  }
  expect(workplaceIn('/data/.vampira', settings)).toMatchObject({
    journals: '/data/.vampira/journal',
    damaged: '/data/.vampira/damaged',
    digests: '/data/.vampira/cache/digests.jsonl',
    settings,
  })
})
