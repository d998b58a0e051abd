import type { Row } from '../../sparql/answer.ts'
import { groupBy } from '../../group-by.ts'
import { text } from '../ask.ts'
import { lastWord } from '../../last-word.ts'
import { integerOf } from '../read-row.ts'

/** A component of a pipeline, by what can be recognised in another pipeline. */
export interface TraitsOfComponent {
  /** Its IRI. */
  component: string
  name: string
  /** Versions of its code: equal code is equal, whatever its name. A package's without its number. */
  code: readonly string[]
  /** What it takes and which kinds of data it reads and writes, which outlive a new name. */
  signature: string
}

/** What marks a pipeline, as weightable marks: `code ni:…`, `next code ni:… code ni:…`, `reads image/fits`. */
export interface PipelineTraits {
  pipeline: string
  components: readonly TraitsOfComponent[]
  /** Kinds of marks by mark. */
  marks: ReadonlyMap<string, MarkKind>
  /** Components that the same caller started one after the other, or that passed data on, as names. */
  order: readonly (readonly [before: string, after: string])[]
}

export type MarkKind = 'code' | 'name' | 'signature' | 'order' | 'parameter' | 'data'

/** @param rows of the query `pipeline-traits` */
export function traitsOf(rows: readonly Row[]): PipelineTraits[] {
  return [...groupBy(rows, (row) => text(row, 'pipeline'))].map(([pipeline, own]) =>
    traitsOfPipeline(pipeline, own),
  )
}

function traitsOfPipeline(pipeline: string, rows: readonly Row[]): PipelineTraits {
  const components = new Map(
    [...groupBy(rows, (row) => text(row, 'component'))].map(([component, own]) => [
      component,
      traitsOfComponent(component, own),
    ]),
  )
  const marks = new Map<string, MarkKind>()
  const order: [string, string][] = []
  for (const { name, code, signature } of components.values()) {
    for (const version of code) marks.set(`code ${version}`, 'code')
    marks.set(`name ${lastWord(name)}`, 'name')
    if (signature !== '') marks.set(`signature ${signature}`, 'signature')
  }
  for (const row of rows) {
    const [aspect, thing] = [text(row, 'aspect'), text(row, 'thing')]
    if (aspect === 'parameter') marks.set(`parameter ${lastWord(thing)}`, 'parameter')
    if (aspect === 'reads' || aspect === 'writes') marks.set(`${aspect} ${thing}`, 'data')
    if (aspect !== 'next' && aspect !== 'data') continue
    const [before, after] = [components.get(text(row, 'component')), components.get(thing)]
    if (before === undefined || after === undefined) continue
    order.push([before.name, after.name])
    for (const one of before.code)
      for (const other of after.code) marks.set(`${aspect} ${one} ${other}`, 'order')
    marks.set(`${aspect} ${before.signature} | ${after.signature}`, 'order')
  }
  return { pipeline, components: [...components.values()], marks, order }
}

function traitsOfComponent(component: string, rows: readonly Row[]): TraitsOfComponent {
  const of = (aspect: string) =>
    rows
      .filter((row) => text(row, 'aspect') === aspect)
      .toSorted((a, b) => integerOf(b, 'runs') - integerOf(a, 'runs'))
      .map((row) => text(row, 'thing'))
  const parts = [of('parameter').map(lastWord), of('reads'), of('writes')]
  return {
    component,
    name: text(rows[0] ?? {}, 'name'),
    code: of('code').map((version) => version.replace(/^(pkg:[^@#]*)@[^#]*/, '$1')),
    signature: parts.some((list) => list.length > 0)
      ? parts.map((list) => list.toSorted().join(' ')).join(' ; ')
      : '',
  }
}
