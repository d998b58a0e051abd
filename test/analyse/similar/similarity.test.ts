import { describe, expect, test } from 'vitest'
import { traitsOf } from '../../../src/analyse/similar/pipeline-traits.ts'
import { jaccardOfNames, rarity, similarity } from '../../../src/analyse/similar/similarity.ts'
import { traitRows, type WrittenComponent } from './pipelines.ts'

const usual: WrittenComponent[] = [
  {
    name: 'survey.extract',
    code: 'ni:extract',
    parameters: ['image', 'threshold'],
    reads: ['image/fits'],
    next: ['survey.smooth'],
  },
  {
    name: 'survey.smooth',
    code: 'ni:smooth',
    parameters: ['image', 'std'],
    writes: ['image/fits'],
    next: ['survey.draw'],
  },
  { name: 'survey.draw', code: 'ni:draw', parameters: ['table'], writes: ['image/png'] },
]
const renamed = usual.map(({ name, next, ...rest }) => ({
  ...rest,
  name: name.replace('survey', 'copied'),
  ...(next && { next: next.map((each) => each.replace('survey', 'copied')) }),
}))
/** Other code under other names, which takes and makes the same. */
const rewritten = renamed.map(({ name, code, next, ...rest }) => ({
  ...rest,
  name: `${name}2`,
  code: `${code}-2`,
  ...(next && { next: next.map((each) => `${each}2`) }),
}))
const backwards: WrittenComponent[] = usual.map((each, at) => ({
  ...each,
  next: at === 0 ? [] : [usual[at - 1]!.name],
}))
const other: WrittenComponent[] = [
  { name: 'bank.read', code: 'ni:read', parameters: ['account'], reads: ['text/csv'], next: ['bank.sum'] },
  { name: 'bank.sum', code: 'ni:sum', parameters: ['rows'] },
]

/** How alike the usual pipeline and this one are, in a store that has a third. */
function alike(components: readonly WrittenComponent[]): number {
  const all = traitsOf([
    ...traitRows('usual', usual),
    ...traitRows('it', components),
    ...traitRows('other', other),
  ])
  return similarity(all[0]!, all[1]!, rarity(all))
}

describe('Two pipelines', () => {
  test('of the same code in the same order are the same', () => {
    expect(alike(usual)).toBe(1)
  })

  test('of which one has copied the other under new names are nearly the same, whose names have nothing in common', () => {
    const all = traitsOf([...traitRows('usual', usual), ...traitRows('copied', renamed)])
    expect(jaccardOfNames(all[0]!, all[1]!)).toBe(0)
    expect(alike(renamed)).toBe(1)
  })

  test('of which one does the same with other code are still more alike than two that share nothing', () => {
    expect(alike(rewritten)).toBeGreaterThan(0.3)
    expect(alike(other)).toBeLessThan(0.05)
  })

  test('are less alike where the order is another', () => {
    expect(alike(backwards)).toBeLessThan(alike(usual))
    expect(alike(backwards)).toBeGreaterThan(alike(rewritten))
  })
})

test('What all pipelines have counts less than what few have', () => {
  const all = traitsOf([
    ...traitRows('one', [
      { name: 'io.read', code: 'ni:read' },
      { name: 'lab.fit', code: 'ni:fit' },
    ]),
    ...traitRows('two', [
      { name: 'io.read', code: 'ni:read' },
      { name: 'lab.plot', code: 'ni:plot' },
    ]),
    ...traitRows('three', [
      { name: 'io.write', code: 'ni:write' },
      { name: 'lab.fit', code: 'ni:fit' },
    ]),
    ...traitRows('four', [{ name: 'io.read', code: 'ni:read' }]),
  ])
  const rarityOf = rarity(all)
  expect(rarityOf('code ni:fit')).toBeGreaterThan(rarityOf('code ni:read'))
  expect(similarity(all[0]!, all[2]!, rarityOf)).toBeGreaterThan(similarity(all[0]!, all[1]!, rarityOf))
})
