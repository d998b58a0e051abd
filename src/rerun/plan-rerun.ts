import { basename, dirname, isAbsolute, join, resolve } from 'node:path'
import { readFileSteps } from '../analyse/rerun/file-steps.ts'
import type { FileStep } from '../analyse/rerun/file-steps.ts'
import { makersOf } from '../analyse/rerun/makers-of.ts'
import { readMade } from '../analyse/rerun/made-files.ts'
import type { MadeFile } from '../analyse/rerun/made-files.ts'
import type { RerunNeeds } from '../analyse/rerun/needs.ts'
import type { Questions } from '../analyse/questions.ts'
import { keepingOf, readKept } from '../open/kept-content.ts'
import { patternOfText } from '../pattern-of-text.ts'
import { findContent } from './find-content.ts'
import type { FoundContent, NotFound } from './find-content.ts'
import { isOfSystem, layoutOf, within } from './layout.ts'
import type { Layout, PlacedFile } from './layout.ts'
import type { Obstacle } from './rerun.ts'

/** Characters of a text that are looked through for paths. */
const longestText = 1 << 20

/** What a rerun will do, and what stands in its way. */
export interface RerunPlan {
  needs: RerunNeeds
  layout: Layout
  /** Files to put into the fresh folder. */
  found: ReadonlyMap<PlacedFile, FoundContent>
  obstacles: readonly Obstacle[]
  made: readonly (MadeFile & { was: string })[]
  steps: readonly FileStep[]
  /** Words of the command line that must lead elsewhere, since it wrote there: absolute paths. */
  redirected: readonly string[]
  /** The file that its standard input was, as far as can be told. */
  standardInput?: PlacedFile
  /** Whether its code makes folders itself. */
  makesFolders: boolean
}

/** @param contents folder of the contents that the store keeps */
export async function planRerun(
  questions: Questions,
  needs: RerunNeeds,
  contents: string,
): Promise<RerunPlan> {
  const made = (await readMade(questions, needs.run)).map((file) => ({
    ...file,
    was: resolve(needs.directory, file.path),
  }))
  const texts = [...needs.command, ...(await readTexts(needs, contents))]
  const layout = layoutOf(
    needs,
    made.map(({ was }) => was),
    texts,
  )
  const found = new Map<PlacedFile, FoundContent>()
  const absent: [PlacedFile, NotFound][] = []
  for (const file of layout.files) {
    const content = await findContent(file, contents, needs.commit)
    if (typeof content !== 'string') found.set(file, content)
    else if (isNeeded(file)) absent.push([file, content])
  }
  const makers = await makersOf(
    questions,
    absent.map(([{ sha256 }]) => sha256),
  )
  const outside = made.filter(({ was, possible }) => !possible && !within(layout.base, was))
  const redirects = outside.map(({ was }) => redirectOf(was, needs.command))
  const standardInput = guessInput(layout.files, texts)
  return {
    needs,
    layout,
    found,
    obstacles: [
      ...absent.map(([file, why]) => absence(file, why, needs, makers.get(file.sha256))),
      ...[...found].flatMap(([file, content]) => movedAway(file, content, layout) ?? []),
      ...outside.flatMap(({ was }, at) => (redirects[at] === undefined ? [writesTo(was)] : [])),
      ...unknownArguments(layout, needs, made),
      ...namesOwnPlace(layout, needs, texts.slice(needs.command.length)),
    ],
    made,
    steps: await readFileSteps(questions, needs.run),
    redirected: [...new Set(redirects.flatMap((path) => path ?? []))],
    ...(standardInput !== undefined && { standardInput }),
    makesFolders: texts.some((text) => /mkdir|makedirs|mkdtemp/i.test(text)),
  }
}

/** A file of the project that was not loaded is put back where it is found, and missed by nobody. */
function isNeeded({ role, kept, was }: PlacedFile): boolean {
  return role !== 'lock file' && !(role === 'source' && kept === undefined) && !isOfSystem(was)
}

/** The text of its code and of the small texts that it read. */
async function readTexts(needs: RerunNeeds, contents: string): Promise<string[]> {
  const files = [...needs.sources, ...needs.inputs].filter(
    ({ sha256 }) => keepingOf(contents, sha256) !== 'not kept',
  )
  return Promise.all(
    files.map(async ({ sha256 }) => (await readKept(contents, sha256)).toString('latin1', 0, longestText)),
  )
}

function absence(
  { path, role, sha256 }: PlacedFile,
  why: NotFound,
  { pipeline }: RerunNeeds,
  maker: string | undefined,
): Obstacle {
  const what = {
    gone: `the ${role} ${path} is gone and the store does not keep it`,
    changed: `the ${role} ${path} is other bytes than it was (SHA-256 ${sha256.slice(0, 12)}…), and the store does not keep those`,
    'without secrets': `the store keeps the ${role} ${path} without its secrets, and it is no longer where it was`,
  }[why]
  if (maker !== undefined) {
    const name = maker.replace(/^urn:uuid:/, '')
    return { what, advice: `Run ${name} made it: vampira rerun ${name}, then put ${basename(path)} back` }
  }
  const keep =
    why === 'without secrets'
      ? `Put ${path} back, or keep secrets in the environment`
      : role === 'source'
        ? `Put ${path} back; the code of later runs is kept unless --keep nothing is given`
        : `Put ${path} back; next time record with vampira run --keep inputs --name ${pipeline} -- …`
  return { what, advice: keep }
}

/** A file outside of what is made anew can only be read where it was. */
function movedAway({ was, path }: PlacedFile, content: FoundContent, { base }: Layout): Obstacle | undefined {
  if (content.in === 'place' || within(base, was) || isOfSystem(was)) return undefined
  return {
    what: `${path} is not what it was, and the run read it by its absolute path`,
    advice: `Put it back (vampira cat has it), or give paths relative to the working directory`,
  }
}

function writesTo(was: string): Obstacle {
  return {
    what: `it wrote ${was} by a path that no argument names, and would write over it again`,
    advice: 'Give the path as an argument, or relative to the working directory, and record it again',
  }
}

/** The argument that named a file, or the folder that it is in. */
function redirectOf(was: string, command: readonly string[]): string | undefined {
  for (let path = was; path.split('/').length > 2; path = dirname(path))
    if (command.some((word) => word === path || word.endsWith(`=${path}`) || word === `${path}/`)) return path
  return undefined
}

/** Absolute paths among the arguments of which the record does not say that they were only read: it may write there. */
function unknownArguments(
  { base, files }: Layout,
  { command }: RerunNeeds,
  made: readonly { was: string }[],
): Obstacle[] {
  return command.slice(1).flatMap((word) => {
    const path = word.replace(/^-{1,2}[\w-]+=/, '')
    if (!isAbsolute(path) || within(base, path) || isOfSystem(path)) return []
    const isKnown = [...files, ...made].some(({ was }) => within(path.replace(/\/$/, ''), was))
    if (isKnown) return []
    return [
      {
        what: `the argument ${word} is an absolute path, and the record does not say that it was only read; a rerun may write there`,
        advice: 'Give a path relative to the working directory, and record it again',
      },
    ]
  })
}

/** Code that names its own folder by an absolute path would work there again. */
function namesOwnPlace({ base }: Layout, { directory }: RerunNeeds, texts: readonly string[]): Obstacle[] {
  const folder = within(base, directory) ? directory : base
  const named = texts.some((text) => new RegExp(`["'= ]${patternOfText(folder)}(?![\\w-])`).test(text))
  if (!named) return []
  return [
    {
      what: `its code or a text that it read names ${folder} by its absolute path, so that it would work there and not in a fresh folder`,
      advice: 'Make such paths relative to the working directory or to the script, and record it again',
    },
  ]
}

/**
 * The record does not say which input was standard input. An only one that neither arguments nor code nor texts name
 * was found in no other way, and to be offered what it does not read changes nothing for a program.
 */
function guessInput(files: readonly PlacedFile[], texts: readonly string[]): PlacedFile | undefined {
  const unnamed = files.filter(
    ({ role, was }) =>
      role === 'input' && !isOfSystem(was) && !texts.some((text) => text.includes(basename(was))),
  )
  return unnamed.length === 1 ? unnamed[0] : undefined
}

/** What lies elsewhere in a rerun in this folder. */
export function movesTo(folder: string, { layout, redirected }: RerunPlan): [from: string, to: string][] {
  return [
    ...redirected.map((path): [string, string] => [path, join(folder, 'outside', path)]),
    [layout.base, join(folder, basename(layout.base) || 'run')],
  ]
}
