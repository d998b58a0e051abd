import type { Questions } from '../questions.ts'
import { answered, type UseCaseAnswer } from '../use-case-answer.ts'
import { seenRepeats } from './equal-repeats.ts'
import { FileProblem } from './file-problem.ts'
import { findPresentFiles, type LookAtFile } from './present-files.ts'
import type { PlannedFile, StoragePlan } from './planned-file.ts'
import { checkPrices, usualPrices, type StoragePrices } from './prices.ts'
import { Remakings } from './remaking.ts'
import { readStorageFacts, type Making } from './storage-facts.ts'
import { useRate, type UseRate } from './use-rate.ts'

/** A run or a whole pipeline. */
export interface PlannedRuns {
  pipeline: string
  run?: string
}

/**
 * Which files to keep, and which to make again when they are needed (use case 4), at the least cost. It drops only what
 * can be made again: what is needed for it is there, its code and environment are known, and the code was seen to make
 * the same from the same.
 *
 * @param which.of whose files may be dropped; all if not given
 * @param which.lookAt without it, files are taken to be as the last run left them
 */
export async function planStorage(
  questions: Questions,
  which: {
    now: Date
    of?: readonly PlannedRuns[]
    prices?: Partial<StoragePrices>
    lookAt?: LookAtFile
  },
): Promise<UseCaseAnswer<StoragePlan>> {
  const prices: StoragePrices = { ...usualPrices, ...which.prices }
  checkPrices(prices)
  const question = `Which files${
    which.of === undefined ? '' : ` of ${which.of.map(({ pipeline, run }) => run ?? pipeline).join(', ')}`
  } are cheaper to make again than to keep?`
  const facts = await readStorageFacts(questions)
  const present = await findPresentFiles(facts, which.lookAt)
  const isMeant = ({ run, pipeline }: Making['run']) =>
    which.of === undefined ||
    which.of.some((each) => (each.run === undefined ? each.pipeline === pipeline : each.run === run))
  const meant = [...facts.runs.values()].filter(isMeant)
  const made = meant.flatMap(({ makings }) => makings.filter((making) => !making.isScratch))
  const contents = [...new Set(made.map(({ content }) => content))].filter((content) =>
    present.places.has(content),
  )
  if (contents.length === 0) {
    const files = new Set(made.map(({ content }) => content)).size
    return answered(question, questions, {
      runs: meant.map(({ run }) => run),
      abstained: {
        because:
          files === 0
            ? `${meant.length === 1 ? 'this run' : `none of ${meant.length} runs`} made${meant.length === 1 ? ' no' : ' a'} file`
            : `none of the ${files} files that ${meant.length === 1 ? 'this run' : 'these runs'} made is still where it was, as it was`,
        record: 'Record runs that make files, on the machine that keeps them: vampira run -- …',
      },
    })
  }
  const repeats = seenRepeats(facts)
  const remakings = await Remakings.read(questions, facts, present, repeats, contents)
  const readers = readersOf(facts.runs.values())
  const uses = new Map<string, UseRate>()
  for (const content of contents) {
    const makings = remakings.makingsOf(content)
    const makers = new Set(makings.map(({ run }) => run.run))
    const reads = (readers.get(content) ?? []).filter(({ run }) => !makers.has(run))
    uses.set(
      content,
      await useRate(
        reads.map(({ started }) => started),
        { made: makings.at(-1)!.run.started, now: which.now },
        prices.uses,
      ),
    )
  }
  const problem = new FileProblem({ contents, remakings, present, uses, prices })
  const solved = await problem.solve()
  const files = contents.map((content): PlannedFile => {
    const remaking = remakings.of(content)
    const making = remaking.making ?? remakings.makingsOf(content)[0]!
    const decision = solved.isDropped(content) ? 'drop' : 'keep'
    const remake = 'step' in remaking ? solved.remakeOf(content) : undefined
    const { commandLine, workingDirectory } = making.run
    return {
      content,
      places: present.places.get(content) ?? [],
      sizeBytes: problem.bytesOf(content),
      ...(making.format !== undefined && { format: making.format }),
      kind: readers.has(content) ? 'intermediate' : 'product',
      run: making.run.run,
      component: making.component,
      ...(commandLine !== undefined && { commandLine: JSON.parse(commandLine) as string[] }),
      ...(workingDirectory !== undefined && { workingDirectory }),
      decision,
      ...('because' in remaking && { mustKeep: remaking.because }),
      equalRepeats: repeats.get(making.version ?? '')?.equal ?? 0,
      uses: uses.get(content)!,
      keepCost: problem.keepCostOf(content),
      ...(remake !== undefined && { remake }),
    }
  })
  const bytes = (decision: PlannedFile['decision']) =>
    files.reduce((sum, file) => sum + (file.decision === decision ? file.sizeBytes : 0), 0)
  return answered(question, questions, {
    runs: [...new Set(files.map(({ run }) => run))],
    answer: {
      prices,
      files: files.toSorted((a, b) => b.sizeBytes - a.sizeBytes || (a.content < b.content ? -1 : 1)),
      costs: solved.costs,
      keptBytes: bytes('keep'),
      droppedBytes: bytes('drop'),
      gap: solved.gap,
      holds: solved.holds,
    },
    evidence: {
      files: files.length,
      canBeMadeAgain: files.filter(({ mustKeep }) => mustKeep === undefined).length,
      recordsOpened: remakings.steps.opened.length,
    },
  })
}

function readersOf(runs: Iterable<Making['run']>): Map<string, { run: string; started: string }[]> {
  const readers = new Map<string, { run: string; started: string }[]>()
  for (const { run, started, readings } of runs) {
    for (const content of new Set(readings.map((reading) => reading.content))) {
      const known = readers.get(content)
      if (known === undefined) readers.set(content, [{ run, started }])
      else known.push({ run, started })
    }
  }
  return readers
}
