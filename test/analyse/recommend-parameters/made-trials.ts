import type { Setting, Trial } from '../../../src/analyse/recommend-parameters/trial.ts'

/** Numbers that look random and are the same each time, from −1 to 1, bell-shaped. */
export function noise(seed: number): () => number {
  let state = seed * 7919 + 17
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  for (let at = 0; at < 10; at++) next()
  return () => next() + next() - (next() + next())
}

/** What a trial tried and what came of it; `undefined` is a failure. */
export interface MadeTrial {
  settings: Readonly<Record<string, string | number>>
  input?: string
  sizeBytes?: number
  outcome: Readonly<Record<string, number>> | undefined
  code?: string
}

export function trialsOf(made: readonly MadeTrial[]): Trial[] {
  return made.map(({ settings, input, sizeBytes, outcome, code }, at) => ({
    run: `run ${at}`,
    pipeline: 'fit',
    started: new Date(at * 60_000).toISOString(),
    code: code ?? 'one',
    completed: outcome !== undefined,
    inputs: input === undefined ? [] : [{ content: input, name: `${input}.csv`, sizeBytes }],
    settings: new Map(Object.entries(settings).map(([name, value]) => [`fit ${name}`, String(value)])),
    defaults: new Set(),
    outcomes: new Map(Object.entries(outcome ?? {})),
  }))
}

export function settingsOf(made: readonly MadeTrial[]): Map<string, Setting> {
  const names = new Set(made.flatMap(({ settings }) => Object.keys(settings)))
  return new Map(
    [...names].map((name, order) => [
      `fit ${name}`,
      { key: `fit ${name}`, component: 'fit', name, order, own: true },
    ]),
  )
}
