import { expect, test } from 'vitest'
import {
  growRules,
  indexOccurrences,
  type SequentialRule,
} from '../../../src/analyse/recommend-components/rule-growth.ts'

/**
 * `contextPrefixSpan.txt`, the sample of SPMF's documentation of RuleGrowth
 * (http://www.philippe-fournier-viger.com/spmf/RuleGrowth.php); what is expected below is what SPMF itself writes of it.
 */
const sample = `1 -1 1 2 3 -1 1 3 -1 4 -1 3 6
1 4 -1 3 -1 2 3 -1 1 5
5 6 -1 1 2 -1 4 6 -1 3 -1 2
5 -1 7 -1 1 6 -1 3 -1 2 -1 3`
  .split('\n')
  .map((line) => line.split(' -1 ').map((items) => items.split(' ')))

/** As SPMF writes them, `left ==> right support confidence`, where the confidence is 2/3, 3/4 or 1. */
const rulesOfHalf = `1 ==> 2 4 1; 1,3 ==> 2 3 .75; 1,3,4 ==> 2 2 .67; 1,3,5 ==> 2 2 .67; 1,3,5,6 ==> 2 2 1; 1,3,6 ==> 2 2 .67;
1,4 ==> 2 2 .67; 1,5 ==> 2 2 .67; 1,5,6 ==> 2 2 1; 1,6 ==> 2 2 .67; 1 ==> 2,3 4 1; 1,4 ==> 2,3 2 .67; 1,5 ==> 2,3 2 .67;
1,5,6 ==> 2,3 2 1; 1,6 ==> 2,3 2 .67; 1 ==> 3 4 1; 1,2 ==> 3 3 .75; 1,2,4 ==> 3 2 .67; 1,2,5 ==> 3 2 .67; 1,2,5,6 ==> 3 2 1;
1,2,6 ==> 3 2 .67; 1,4 ==> 3 3 1; 1,5 ==> 3 2 .67; 1,5,6 ==> 3 2 1; 1,6 ==> 3 2 .67; 5 ==> 1 2 .67; 5 ==> 1,2 2 .67;
5 ==> 1,2,3 2 .67; 5 ==> 1,2,3,6 2 .67; 5 ==> 1,2,6 2 .67; 5 ==> 1,3 2 .67; 5 ==> 1,3,6 2 .67; 5 ==> 1,6 2 .67; 2 ==> 3 3 .75;
2,4 ==> 3 2 .67; 2,5 ==> 3 2 .67; 2,5,6 ==> 3 2 1; 2,6 ==> 3 2 .67; 3 ==> 2 3 .75; 3,4 ==> 2 2 .67; 3,5 ==> 2 2 .67;
3,5,6 ==> 2 2 1; 3,6 ==> 2 2 .67; 4 ==> 2 2 .67; 4 ==> 2,3 2 .67; 5 ==> 2 2 .67; 5 ==> 2,3 2 .67; 5 ==> 2,3,6 2 .67;
5,6 ==> 2,3 2 1; 5 ==> 2,6 2 .67; 5,6 ==> 2 2 1; 6 ==> 2 2 .67; 6 ==> 2,3 2 .67; 4 ==> 3 3 1; 5 ==> 3 2 .67; 5 ==> 3,6 2 .67;
5,6 ==> 3 2 1; 6 ==> 3 2 .67; 5 ==> 6 2 .67`
const rulesOfThreeQuarters =
  '1 ==> 2 4 1; 1,3 ==> 2 3 .75; 1 ==> 2,3 4 1; 1 ==> 3 4 1; 1,2 ==> 3 3 .75; 1,4 ==> 3 3 1; 2 ==> 3 3 .75; 3 ==> 2 3 .75; 4 ==> 3 3 1'

function written({ before, after, support, confidence }: SequentialRule): string {
  const share = String(Number(confidence.toFixed(2))).replace(/^0/, '')
  return `${before.join(',')} ==> ${after.join(',')} ${support} ${share}`
}

test.each([
  ['half of the sequences and a confidence of 60 %', { minSupport: 2, minConfidence: 0.6 }, rulesOfHalf],
  ['three of four and a confidence of 50 %', { minSupport: 3, minConfidence: 0.5 }, rulesOfThreeQuarters],
])('The rules of %s are those that SPMF finds in its sample', (_, bounds, expected) => {
  const found = growRules(indexOccurrences(sample), bounds).map(written)
  expect(found.toSorted()).toEqual(expected.split(/;\s+/).toSorted())
})

test('Lift tells what speaks for a follower from what comes in every sequence', () => {
  const rules = growRules(indexOccurrences(sample), { minSupport: 2, minConfidence: 0 })
  const lift = (text: string) => rules.find((rule) => written(rule).startsWith(`${text} `))?.lift
  expect(lift('1 ==> 2')).toBe(1)
  expect(lift('5,6 ==> 2')).toBe(1)
  expect(lift('5 ==> 6')).toBeCloseTo(2 / 3 / (3 / 4))
})

test('Bounds on the sides leave the rules within them as they are', () => {
  const index = indexOccurrences(sample)
  const all = growRules(index, { minSupport: 2, minConfidence: 0 })
  const small = growRules(index, {
    minSupport: 2,
    minConfidence: 0,
    maxBefore: 2,
    maxAfter: 1,
    beforeOf: new Set(['1', '4', '6']),
  })
  const within = all.filter(
    ({ before, after }) =>
      before.length <= 2 && after.length === 1 && before.every((item) => '146'.includes(item)),
  )
  expect(small.map(written).toSorted()).toEqual(within.map(written).toSorted())
  expect(small.length).toBeGreaterThan(5)
})
