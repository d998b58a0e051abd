import { expect, test } from 'vitest'
import { closest } from '../src/near-word.ts'

const names = ['runs', 'lineage', 'impact', 'components', 'uc1-what-a-rerun-needs']

test.each([
  ['linage', 'lineage'],
  ['lineaeg', 'lineage'],
  ['Runs', 'runs'],
  ['component', 'components'],
  ['uc1-what-rerun-needs', 'uc1-what-a-rerun-needs'],
  ['zzzzzzz', undefined],
  ['', undefined],
])('%j means %s', (word, meant) => expect(closest(word, names)).toBe(meant))
