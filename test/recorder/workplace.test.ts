import { expect, test } from 'vitest'
import { workplaceIn } from '../../src/recorder/workplace.ts'
import { defaultSettings } from '../open/default-settings.ts'

test('The folders are where earlier versions left journals, so that these can be recovered', () => {
  expect(workplaceIn('/data/.vampira', defaultSettings)).toMatchObject({
    journals: '/data/.vampira/journal',
    damaged: '/data/.vampira/damaged',
    digests: '/data/.vampira/cache/digests.jsonl',
    settings: defaultSettings,
  })
})
