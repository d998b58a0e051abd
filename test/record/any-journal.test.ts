import { expect, test } from 'vitest'
import type { JournalValue } from '../../src/journal/line.ts'
import type { Detail } from '../../src/record/run.ts'
import {
  finished,
  object,
  recordJournal,
  runLine,
  SpoolBuilder,
  stat,
  writeJournal,
} from './journal-builder.ts'

/** Numbers below `bound` that look random and are the same every time (Park & Miller). */
function chance(seed: number): (bound: number) => number {
  let state = seed * 7919 + 1
  return (bound) => {
    state = (state * 48271) % 2147483647
    return state % bound
  }
}

/** A process that calls, fails, yields, changes objects, opens files and starts programs as chance has it. */
function anySpool(seed: number): { spool: SpoolBuilder; started: number } {
  const pick = chance(seed)
  const spool = new SpoolBuilder()
  const components = [spool.component('')]
  for (let i = 0; i < 6; i++) components.push(spool.component(`f${i}`))
  const open: number[] = [spool.start(1)]
  const programs: number[] = []
  let started = 1
  const value = (): JournalValue =>
    [null, pick(3), 'text', object(1 + pick(20), { length: pick(2) }), { $: 'redacted' as const }][pick(5)] ??
    null
  for (let step = 0; step < 400; step++) {
    const call = open.at(-1) as number
    const at = step * 100 + pick(90)
    switch (pick(12)) {
      case 0:
      case 1:
      case 2:
      case 3:
        open.push(spool.start(components[1 + pick(6)] as number, [value(), value()], { caller: call, at }))
        started++
        break
      case 4:
        if (open.length > 1) spool.add({ kind: 'raise', call: open.pop(), type: 'E', at })
        break
      case 5:
        spool.file(['read', 'write', 'update', 'remove'][pick(4)] as string, `${pick(4)}.txt`, {
          call,
          at,
          ...(pick(2) ? { stat: stat(pick(3), pick(3)), old: stat(pick(3), pick(3)) } : {}),
        })
        break
      case 6:
        spool.add({ kind: 'suspend', call, value: value(), at })
        break
      case 7:
        if (pick(3) === 0) {
          programs.push(spool.spawn(['sort'], { call, at }))
          started++
        }
        break
      case 8: {
        const files = [{ path: '/data/survey/1.txt', op: 'write', stat: stat(pick(3), pick(3)) }]
        if (programs.length > 0)
          spool.add({ kind: 'wait', spawn: programs.pop(), status: pick(2), files, at })
        break
      }
      default:
        if (open.length > 1) {
          const changed = pick(4) === 0 ? [[pick(2), object(1 + pick(20), { length: 5 })]] : []
          spool.return(open.pop() as number, value(), { changed, at, peak: pick(1000) })
        }
    }
  }
  return { spool, started }
}

const cases = (['full', 'adaptive', 'summary'] satisfies Detail[]).flatMap((detail) =>
  Array.from({ length: 40 }, (_, seed) => [detail, seed] as const),
)

test.each(cases)(
  'any journal has every call recorded once, with all that it refers to, at %s detail (%i)',
  async (detail, seed) => {
    const { spool, started } = anySpool(seed)
    const recorded = await recordJournal(writeJournal([spool], [runLine({ detail }), finished]), { first: 2 })
    const grouped = recorded.groups.reduce((sum, group) => sum + group.callCount, 0)
    expect(recorded.calls.size + grouped).toBe(started)
    expect(recorded.summaries.reduce((sum, summary) => sum + summary.callCount, 0)).toBe(started)
    if (detail === 'full') expect(grouped).toBe(0)
  },
)
