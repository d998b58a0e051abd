import { describe, expect, test } from 'vitest'
import type { Aim } from '../../../src/analyse/recommend-parameters/compared.ts'
import { factorsOf } from '../../../src/analyse/recommend-parameters/factor.ts'
import { judgeSettings, type Judgement } from '../../../src/analyse/recommend-parameters/judge-settings.ts'
import { likeData } from '../../../src/analyse/recommend-parameters/like-data.ts'
import { noise, settingsOf, trialsOf, type MadeTrial } from './made-trials.ts'

const accuracy: Aim = { metric: 'accuracy', better: 'more' }

function judge(made: readonly MadeTrial[], aims: readonly Aim[] = [accuracy]): Judgement[] {
  const trials = trialsOf(made)
  return judgeSettings(factorsOf(trials, settingsOf(made)).factors, aims, trials, likeData(trials).strata)
}

function of(judgements: readonly Judgement[], name: string): Judgement {
  const found = judgements.find(({ factor }) => factor.setting.name === name)
  if (found === undefined) throw new Error(`nothing is said of ${name}`)
  return found
}

/** Thirty trials: five values of alpha, best in the middle, on three inputs of very different difficulty. */
function withOptimum(seed: number): MadeTrial[] {
  const random = noise(seed)
  return Array.from({ length: 30 }, (_, at) => {
    const alpha = [0.01, 0.1, 1, 10, 100][at % 5]!
    const input = ['easy', 'usual', 'hard'][Math.floor(at / 5) % 3]!
    const level = { easy: 0.9, usual: 0.7, hard: 0.4 }[input]!
    const outcome = { accuracy: level - 0.03 * Math.log10(alpha) ** 2 + 0.02 * random() }
    return { settings: { alpha, depth: [2, 3][Math.floor(at / 2) % 2]! }, input, outcome }
  })
}

describe('What was planted is found', () => {
  test('an optimum in the middle, over inputs that differ more than the settings do', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const { verdict, best, levels, asGood } = of(judge(withOptimum(seed)), 'alpha')
      expect(verdict).toBe('effect')
      expect(levels[best!]!.value).toBe('1')
      expect(asGood).not.toContain(0)
      expect(asGood).not.toContain(4)
    }
  })

  test('each value with how many trials it rests on, its mean, and an interval that holds the truth', () => {
    const { levels, baseline } = of(judge(withOptimum(3)), 'alpha')
    expect(levels.map(({ value, trials }) => [value, trials])).toEqual(
      ['0.01', '0.1', '1', '10', '100'].map((value) => [value, 6]),
    )
    const [low, high] = levels[2]!.interval!
    expect(low).toBeLessThan(0.6667)
    expect(high).toBeGreaterThan(0.6667)
    expect(baseline).toBeCloseTo(0.607, 1)
  })

  test('a value that shines when it does not fail: failures count, so that it is not advised', () => {
    const random = noise(5)
    const made = Array.from({ length: 24 }, (_, at): MadeTrial => {
      const solver = ['steady', 'daring'][at % 2]!
      const fails = solver === 'daring' && at % 8 !== 1
      return {
        settings: { solver },
        outcome: fails ? undefined : { accuracy: (solver === 'daring' ? 0.95 : 0.8) + 0.02 * random() },
      }
    })
    const { verdict, best, levels } = of(judge(made), 'solver')
    expect(verdict).toBe('effect')
    expect(levels[best!]!.value).toBe('steady')
    expect(levels.find(({ value }) => value === 'daring')).toMatchObject({ trials: 12, failed: 9 })
  })

  test('of a run that failed before it read anything, the data is that of the run with the most like settings', () => {
    const random = noise(12)
    const made = Array.from({ length: 24 }, (_, at): MadeTrial => {
      const name = ['x', 'y'][at % 2]!
      const alpha = [0, 1][Math.floor(at / 2) % 2]!
      return alpha === 0
        ? { settings: { alpha, name }, outcome: undefined }
        : { settings: { alpha, name }, input: name, outcome: { accuracy: random() } }
    })
    const { verdict, levels, best } = of(judge(made), 'alpha')
    expect({ verdict, best: levels[best!]!.value }).toEqual({ verdict: 'effect', best: '1' })
    expect(levels[0]).toMatchObject({ value: '0', trials: 12, failed: 12 })
  })

  test('a value with which the metric came to no number is as bad as one that failed', () => {
    const random = noise(13)
    const made = Array.from({ length: 20 }, (_, at): MadeTrial => {
      const rate = [1, 100][at % 2]!
      return { settings: { rate }, outcome: { loss: rate === 100 && at % 4 > 0 ? Number.NaN : 1 + random() } }
    })
    const { verdict, best, levels } = of(judge(made, [{ metric: 'loss', better: 'less' }]), 'rate')
    expect({ verdict, best: levels[best!]!.value }).toEqual({ verdict: 'effect', best: '1' })
    expect(levels[1]).toMatchObject({ value: '100', trials: 10, failed: 10 })
    expect(levels[1]).not.toHaveProperty('mean')
  })

  test('a range of many numbers, where less is better', () => {
    const random = noise(8)
    const made = Array.from({ length: 60 }, (): MadeTrial => {
      const rate = Math.abs(random())
      return { settings: { rate }, outcome: { error: (rate - 0.1) ** 2 + 0.01 * random() } }
    })
    const { verdict, best, levels } = of(judge(made, [{ metric: 'error', better: 'less' }]), 'rate')
    expect(verdict).toBe('effect')
    expect(levels).toHaveLength(5)
    const { value, to } = levels[best!]!
    expect(Number(value)).toBeLessThan(0.2)
    expect(Number(to)).toBeLessThan(0.5)
  })
})

describe('Nothing is advised for what cannot be known', () => {
  test('a parameter without effect: of 200 stores no more than the level gets advice for any of six', () => {
    let advised = 0
    for (let seed = 1; seed <= 200; seed++) {
      const random = noise(seed)
      const made = Array.from({ length: 30 }, (_, at): MadeTrial => {
        const settings = Object.fromEntries(
          Array.from({ length: 6 }, (__, n) => [`p${n}`, Math.floor((random() + 2) * 1.2)]),
        )
        const input = ['a', 'b', 'c'][at % 3]!
        return { settings, input, outcome: { accuracy: (at % 3) + random() } }
      })
      if (judge(made).some(({ verdict }) => verdict === 'effect')) advised++
    }
    // 5 % of 200 are 10; more than 17 would be seen once in a hundred times.
    expect(advised).toBeLessThanOrEqual(17)
  })

  test('a setting that ran on one input only', () => {
    const random = noise(2)
    const made = Array.from({ length: 20 }, (_, at): MadeTrial => ({
      settings: { width: at % 2, image: `${at % 2}.png` },
      input: ['dark', 'bright'][at % 2]!,
      outcome: { accuracy: (at % 2) + 0.01 * random() },
    }))
    expect(of(judge(made), 'width').verdict).toBe('changed with the data')
  })

  test('two settings that always changed together: which of them matters cannot be told', () => {
    const random = noise(4)
    const made = Array.from({ length: 20 }, (_, at): MadeTrial => ({
      settings: { width: [1, 2][at % 2]!, kernel: ['box', 'cone'][at % 2]! },
      outcome: { accuracy: (at % 2) + 0.1 * random() },
    }))
    expect(judge(made)).toMatchObject([{ verdict: 'changed with others', others: ['fit kernel'] }])
  })

  test('two settings that mostly changed together: the one without effect of its own is told apart', () => {
    const random = noise(6)
    const made = Array.from({ length: 40 }, (_, at): MadeTrial => {
      const width = at % 2
      const kernel = at % 5 === 0 ? 1 - width : width
      return { settings: { width, kernel }, outcome: { accuracy: width + 0.2 * random() } }
    })
    expect(of(judge(made), 'width').verdict).toBe('effect')
    expect(of(judge(made), 'kernel')).toMatchObject({ verdict: 'explained by others', others: ['fit width'] })
  })

  test('a setting that changed when the code did', () => {
    const random = noise(7)
    const made = Array.from({ length: 20 }, (_, at): MadeTrial => ({
      settings: { width: at < 10 ? 1 : 2 },
      code: at < 10 ? 'old' : 'new',
      outcome: { accuracy: (at < 10 ? 0 : 1) + 0.1 * random() },
    }))
    expect(judge(made)).toMatchObject([
      { verdict: 'changed with others', others: ['the code of the pipeline'] },
    ])
  })

  test('a setting that was tried in a busy hour is not called slow', () => {
    const random = noise(10)
    const made = Array.from({ length: 24 }, (_, at): MadeTrial => ({
      settings: { width: at < 12 ? 1 : 2 },
      outcome: { time: (at < 12 ? 9 : 3) + random(), accuracy: (at < 12 ? 0.9 : 0.3) + 0.1 * random() },
    }))
    const [slow, good] = judge(made, [{ metric: 'time', better: 'less' }, accuracy])
    expect(slow).toMatchObject({ verdict: 'changed with others', others: ['when the runs were made'] })
    expect(good).toMatchObject({ verdict: 'effect' })
  })

  test('two runs of each value are too few, however far apart they are', () => {
    const made = [0, 1, 0, 1].map((width): MadeTrial => ({
      settings: { width },
      outcome: { accuracy: 0.5 + width / 10 },
    }))
    expect(of(judge(made), 'width').verdict).toBe('too few')
  })

  test('a parameter that took the metric, to print it, is no setting', () => {
    const random = noise(9)
    const made = Array.from({ length: 20 }, (): MadeTrial => {
      const accuracy = random()
      return { settings: { score: accuracy }, outcome: { accuracy } }
    })
    expect(judge(made)).toEqual([])
  })
})

test('The same trials get the same answer', () => {
  expect(judge(withOptimum(11))).toEqual(judge(withOptimum(11)))
})
