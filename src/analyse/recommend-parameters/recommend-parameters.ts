import { UsageError } from '../../errors.ts'
import { didYouMean } from '../../near-word.ts'
import { text } from '../ask.ts'
import type { Questions } from '../questions.ts'
import { answered, type UseCaseAnswer } from '../use-case-answer.ts'
import { findComputed, type ComputedSetting } from './computed-settings.ts'
import type { Aim } from './compared.ts'
import { factorsOf } from './factor.ts'
import { isOnDataLike, likeData, likeSize, type LikeData } from './like-data.ts'
import type { Judgement } from './judge-settings.ts'
import type { Combination } from './pareto-front.ts'
import { readTrials, type Subject } from './read-trials.ts'
import { timeMetric, type Trials } from './trial.ts'

/** What is said of a setting for one metric. */
export interface SettingAdvice extends Omit<Judgement, 'factor' | 'aim' | 'others' | 'baseline'> {
  /** `survey.survey std` */
  setting: string
  /** Other parameters to which the same value was passed on. */
  alsoIn: readonly string[]
  metric: string
  /** What changed with it; empty for what has an effect of its own. */
  others: readonly string[]
  /** Mean of the metric over all trials that were compared. */
  baseline?: number
}

/** Settings that went with good outcomes. */
export interface RecommendedParameters {
  /** Name of the pipeline or the component. */
  of: string
  /** What is wanted of which metric. */
  aims: readonly Aim[]
  /** Which data counted as like. */
  likeData: { by: LikeData['by']; kinds: number; file?: string }
  /** The most telling first: effects, then what changed with something else, then the others. */
  settings: readonly SettingAdvice[]
  /** Trials that had the best value of each setting with an effect; absent where none or one has. */
  together?: number
  /** Where several metrics are wanted: combinations than which no other is better in everything. */
  front?: readonly Combination[]
  /** Parameters that seemed to have an effect, and took what the run had computed. */
  computed: readonly ComputedSetting[]
  /** Parameters that always had the same value. */
  constant: number
  /** Parameters that hardly had a value twice, such as names of files. */
  everNew: number
}

/** Which file is meant, and what is wanted. */
export interface Wish {
  /** Name and size of a file: only trials on data like it count. */
  file?: { name: string; sizeBytes: number }
  /** `accuracy`, `accuracy=more`, `time`; absent: all metrics of which it is known which values are better. */
  optimise?: readonly string[]
}

/**
 * Settings that went with good outcomes on data like this (use case 7): of what was tried, not of what might be.
 *
 * @throws UsageError for a component that no run has, or a metric that was not measured
 */
export async function recommendParameters(
  questions: Questions,
  subject: Subject,
  wish: Wish = {},
): Promise<UseCaseAnswer<RecommendedParameters>> {
  const of = 'pipeline' in subject ? subject.pipeline : subject.component
  const question = `Which settings of ${of} went with good outcomes${wish.file === undefined ? '' : ` on data like ${wish.file.name}`}?`
  const all = await readTrials(questions, subject)
  if (all.trials.length === 0 && 'component' in subject) throw await noComponent(questions, of)
  const runs = new Set(all.trials.map(({ run }) => run))
  const abstain = (because: string, record: string) =>
    answered<RecommendedParameters>(question, questions, { runs, abstained: { because, record } })
  if (all.trials.length === 0) {
    return abstain(
      `no run of ${of} recorded what its parameters were`,
      'Record runs with different settings: vampira run -- …',
    )
  }
  const aims = aimsOf(all, wish.optimise, of)
  if (aims.length === 0) {
    const known = [...all.metrics.keys()]
    return known.length === 0
      ? abstain(
          `no run of ${of} measured a quality`,
          'Say which component measures one: vampira run --quality METRIC=COMPONENT -- …; or ask for --optimise time.',
        )
      : abstain(
          `nobody said which values of ${known.join(' and of ')} are better`,
          `Ask with --optimise ${known[0]}=more (or less), or write better = "more" beside it in vampira.toml.`,
        )
  }
  const { file } = wish
  const trials = file === undefined ? all.trials : all.trials.filter((each) => isOnDataLike(each, file))
  if (file !== undefined && trials.length < 2) {
    return abstain(
      `${trials.length} of ${all.trials.length} trials of ${of} were on a file like ${file.name} (the same ending, ${1 / likeSize} to ${likeSize} times its size)`,
      'Record runs on it with different settings, or leave --for out.',
    )
  }
  const { factors, constant, everNew } = factorsOf(trials, all.settings)
  if (factors.length === 0) {
    return abstain(
      `no setting of ${of} had different values in ${trials.length === 1 ? 'the one trial' : `${trials.length} trials`}`,
      'Record runs that differ in one setting at a time, on the same data.',
    )
  }
  const { by, strata } = likeData(trials)
  // With its library of distributions, which nobody else needs.
  const { judgeSettings, level } = await import('./judge-settings.ts')
  let judgements = judgeSettings(factors, aims, trials, strata)
  const telling = new Set(
    judgements
      .filter(({ probability = 1 }) => probability <= level)
      .flatMap(({ factor, others }) => [factor.setting.key, ...others]),
  )
  const computed = await findComputed(
    questions,
    factors.filter(({ setting }) => telling.has(setting.key)),
    trials,
  )
  if (computed.length > 0) {
    const chosen = factors.filter(({ setting }) => computed.every((each) => each.setting !== setting.key))
    judgements = judgeSettings(chosen, aims, trials, strata)
  }
  const answeredOnes = judgements.filter(
    ({ verdict }) => verdict !== 'too few' && verdict !== 'changed with the data',
  )
  if (answeredOnes.length === 0) {
    return abstain(
      judgements.some(({ verdict }) => verdict === 'too few')
        ? `${trials.length} trials of ${of} on like data are too few to tell an effect of a setting from chance, whatever they show`
        : `each setting of ${of} that changed did so only together with the data`,
      'Record runs of the same data with two values of a setting, five of each.',
    )
  }
  const effects = judgements.filter(({ verdict }) => verdict === 'effect')
  const withEffect = [...new Set(effects.map(({ factor }) => factor))]
  const { paretoFront } = await import('./pareto-front.ts')
  return answered(question, questions, {
    runs: trials.map(({ run }) => run),
    answer: {
      of,
      aims,
      likeData: {
        by,
        kinds: new Set(strata).size,
        ...(file !== undefined && { file: file.name }),
      },
      settings: judgements
        .map(({ factor, aim, baseline, ...rest }): SettingAdvice => ({
          setting: factor.setting.key,
          alsoIn: factor.alsoIn.map(({ key }) => key),
          metric: aim.metric,
          ...rest,
          ...(baseline !== undefined && { baseline }),
        }))
        .toSorted(
          (a, b) =>
            order.indexOf(a.verdict) - order.indexOf(b.verdict) ||
            (a.probability ?? 1) - (b.probability ?? 1),
        ),
      ...(aims.length === 1 &&
        effects.length > 1 && {
          together: trials.filter((_, at) =>
            effects.every(({ factor, best, levels }) => {
              const level = factor.levels[factor.groups[at]!]
              return level !== undefined && level.value === levels[best!]!.value
            }),
          ).length,
        }),
      ...(aims.length > 1 &&
        withEffect.length > 0 && { front: paretoFront(trials, strata, withEffect, aims) }),
      computed,
      constant,
      everNew,
    },
    evidence: {
      trials: trials.length,
      failed: trials.filter(({ completed }) => !completed).length,
      interrupted: all.interrupted,
    },
  })
}

const order: readonly Judgement['verdict'][] = [
  'effect',
  'changed with others',
  'explained by others',
  'no effect',
  'changed with the data',
  'too few',
]

/** Those that are asked for, or all of which the direction is known. */
function aimsOf({ metrics }: Trials, optimise: readonly string[] | undefined, of: string): Aim[] {
  if (optimise === undefined) {
    return [...metrics].flatMap(([metric, better]) => (better === undefined ? [] : [{ metric, better }]))
  }
  return [...new Set(optimise)].map((word): Aim => {
    const [metric = '', direction] = word.split('=')
    if (!metrics.has(metric) && metric !== timeMetric) {
      throw new UsageError(`No run of ${of} measured ‹${metric}›`, {
        advice: didYouMean(metric, metrics.keys(), `There is ${[...metrics.keys(), timeMetric].join(', ')}.`),
      })
    }
    if (direction !== undefined && direction !== 'more' && direction !== 'less') {
      throw new UsageError(`‹${direction}› is no direction of ${metric}`, {
        advice: `Say ${metric}=more or ${metric}=less.`,
      })
    }
    const better = direction ?? metrics.get(metric) ?? (metric === timeMetric ? 'less' : undefined)
    if (better === undefined) {
      throw new UsageError(`Nobody said which values of ${metric} are better`, {
        advice: `Say --optimise ${metric}=more or ${metric}=less.`,
      })
    }
    return { metric, better }
  })
}

async function noComponent(questions: Questions, word: string): Promise<UsageError> {
  const rows = await questions.ask('uc5-components-of-pipelines')
  const names = [...new Set(rows.map((row) => text(row, 'name')))]
  const ends = names.filter((name) => name.endsWith(`.${word}`))
  if (names.includes(word)) {
    return new UsageError(`No call of ${word} has recorded parameters`, {
      advice: 'There is nothing to choose.',
    })
  }
  return new UsageError(`There is no pipeline and no component ‹${word}›`, {
    advice:
      ends.length > 0
        ? `Did you mean ${ends.slice(0, 3).join(' or ')}?`
        : didYouMean(word, names, '`vampira query uc5-components-of-pipelines` lists them.'),
  })
}
