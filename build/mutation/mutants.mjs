import { Instrumenter } from '@stryker-mutator/instrumenter'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'

const silent = Object.fromEntries(
  ['trace', 'debug', 'info', 'warn', 'error', 'fatal'].flatMap((level) => [
    [level, () => {}],
    [`is${level[0].toUpperCase()}${level.slice(1)}Enabled`, () => false],
  ]),
)

/**
 * Every mutant that Stryker would make of these files, in its order.
 * @param {string} root folder of package.json
 * @param {string[]} files relative to it
 */
export async function listMutants(root, files) {
  const sources = files.map((file) => ({
    name: join(root, file),
    mutate: true,
    content: readFileSync(join(root, file), 'utf8'),
  }))
  const options = { plugins: null, excludedMutations: [], ignorers: [] }
  const { mutants } = await new Instrumenter(silent).instrument(sources, options)
  return mutants
}

/** What a mutant is called in one run, here and in Stryker's processes, which work on a copy of the files. */
export function nameMutant({ fileName, location: { start, end }, mutatorName, replacement }) {
  const file = relative(process.cwd(), fileName)
  return JSON.stringify([file, start.line, start.column, end.line, end.column, mutatorName, replacement])
}

/**
 * `count` of the mutants by chance, the same ones for the same seed. A mutant's place in the draw depends on its file's
 * name and its text, not on its line, so that most of a sample stays when code is moved or code beside it changes.
 */
export function drawSample(mutants, count, seed) {
  const seen = new Map()
  const draws = mutants.map((mutant) => {
    const text = [
      basename(mutant.fileName),
      mutant.mutatorName,
      originalText(mutant),
      mutant.replacement,
    ].join('\0')
    const nth = (seen.get(text) ?? 0) + 1
    seen.set(text, nth)
    return { mutant, draw: createHash('sha256').update(`${seed}\0${nth}\0${text}`).digest('hex') }
  })
  draws.sort((a, b) => (a.draw < b.draw ? -1 : 1))
  return draws.slice(0, count).map(({ mutant }) => mutant)
}

const texts = new Map()

/** The code that a mutant replaces; lines are counted from 0. */
export function originalText({ fileName, location: { start, end } }) {
  if (!texts.has(fileName)) texts.set(fileName, readFileSync(fileName, 'utf8').split('\n'))
  const lines = texts.get(fileName).slice(start.line, end.line + 1)
  lines[lines.length - 1] = lines[lines.length - 1].slice(0, end.column)
  lines[0] = lines[0].slice(start.column)
  return lines.join('\n')
}
