import { findAnomalies } from '../anomalies/anomalies.ts'
import { predictPipeline } from '../predict/predict-pipeline.ts'
import { similarPipelines } from '../similar/similar-pipelines.ts'
import { ordersSeen, recommendComponents } from '../recommend-components/recommend-components.ts'
import { planStorage } from '../storage/storage-plan.ts'
import { recommendParameters } from '../recommend-parameters/recommend-parameters.ts'
import type { LookAtFile } from '../storage/present-files.ts'
import type { Questions } from '../questions.ts'
import type { Abstention } from '../use-case-answer.ts'
import type { Matter } from './matter.ts'

/** Less alike than this is no news. */
const alike = 0.3

type Found<Kind> = Kind extends Matter ? Omit<Kind, 'command'> : never

/** An answer to a use case, and what of it matters to somebody who did not ask. */
interface Attempt {
  useCase: string
  command(pipeline: string): string[]
  answer(
    questions: Questions,
    pipeline: string,
    which: { now: Date; lookAt?: LookAtFile },
  ): Promise<{
    abstained?: Abstention
    found?: Found<Matter>
    /** What the command takes more, which only the answer tells. */
    more?: readonly string[]
  }>
}

/** Each answer that there is to try, in the order of how soon it matters. */
export const attempts: readonly Attempt[] = [
  {
    useCase: 'UC9',
    command: (pipeline) => ['anomalies', pipeline],
    async answer(questions, pipeline) {
      const { answer, abstained, runs } = await findAnomalies(questions, { pipeline })
      const [first] = answer?.runs ?? []
      return {
        ...(abstained && { abstained }),
        ...(first && {
          found: {
            kind: 'unusual' as const,
            pipeline,
            run: first.run,
            unusual: answer!.runs.length,
            runs: runs.length,
          },
        }),
      }
    },
  },
  {
    useCase: 'UC4',
    command: (pipeline) => ['storage', pipeline],
    async answer(questions, pipeline, { now, lookAt }) {
      const of = [{ pipeline }]
      const { answer, abstained } = await planStorage(questions, { now, of, ...(lookAt && { lookAt }) })
      const files = answer?.files.filter(({ decision }) => decision === 'drop').length ?? 0
      return {
        ...(abstained && { abstained }),
        ...(answer !== undefined &&
          files > 0 && {
            found: {
              kind: 'storage' as const,
              pipeline,
              files,
              of: answer.files.length,
              bytes: answer.droppedBytes,
              ofBytes: answer.droppedBytes + answer.keptBytes,
            },
          }),
      }
    },
  },
  {
    useCase: 'UC7',
    command: (pipeline) => ['recommend', 'parameters', pipeline],
    async answer(questions, pipeline) {
      const { abstained } = await recommendParameters(questions, { pipeline })
      return { ...(abstained && { abstained }) }
    },
  },
  {
    useCase: 'UC3',
    command: (pipeline) => ['predict', pipeline],
    async answer(questions, pipeline) {
      const { answer, abstained } = await predictPipeline(questions, { pipeline, settings: {} })
      const time = answer?.costs.wallSeconds
      return {
        ...(abstained && { abstained }),
        ...(time?.interval !== undefined && {
          found: {
            kind: 'cost' as const,
            pipeline,
            seconds: time.expected,
            interval: time.interval,
            runs: time.runs,
          },
        }),
      }
    },
  },
  {
    useCase: 'UC6',
    command: () => ['recommend', 'components'],
    async answer(questions, pipeline) {
      const { orders } = await ordersSeen(questions)
      const [first] = orders.find(({ pipelines }) => pipelines.has(pipeline))?.components ?? []
      if (first === undefined) {
        return {
          abstained: {
            because: `in no completed run of ${pipeline} did a component come after another`,
            record: `Record a run of ${pipeline} that comes to its end.`,
          },
        }
      }
      const { answer, abstained } = await recommendComponents(questions, { after: [first] })
      return { ...(abstained && { abstained }), more: ['--after', answer?.after[0] ?? first] }
    },
  },
  {
    useCase: 'UC5',
    command: (pipeline) => ['similar', pipeline],
    async answer(questions, pipeline) {
      const { answer, abstained } = await similarPipelines(questions, { pipeline })
      const [first] = answer?.others ?? []
      return {
        ...(abstained && { abstained }),
        ...(first !== undefined &&
          first.similarity >= alike && {
            found: {
              kind: 'similar' as const,
              pipeline,
              other: first.pipeline,
              similarity: first.similarity,
            },
          }),
      }
    },
  },
]
