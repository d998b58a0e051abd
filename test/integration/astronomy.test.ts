import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { packageRoot } from '../../src/package-root.ts'
import { vampira, type Ended } from '../cli/vampira.ts'

/** Needs source-extractor, and a python3 with examples/astronomy/requirements.txt: .ci/run brings both. */
const example = join(packageRoot, 'examples', 'astronomy')

interface Node {
  iri: string
  kind: string
  label: string
  strength: 'seen' | 'possible'
  run?: string
}

interface Trace {
  nodes: Node[]
}

interface Completeness {
  requirements: { id: string; status: string; findings: unknown[] }[]
}

describe('the astronomy example, recorded as it is', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vampira-astronomy-'))
  let fields: Ended
  let survey: Ended

  const ask = async <Result>(...args: string[]): Promise<Result> => {
    const { stdout, stderr } = await vampira([...args, '--json'], { cwd: folder })
    expect(stderr).toBe('')
    return JSON.parse(stdout) as Result
  }

  /** Files of a trace that were seen, not only possible, by their path. */
  const seenFiles = async (command: 'lineage' | 'impact', path: string): Promise<Set<string>> => {
    const { nodes } = await ask<Trace>(command, path)
    return new Set(
      nodes
        .filter(({ kind, strength }) => kind === 'FileVersion' && strength === 'seen')
        .map(({ label }) => label),
    )
  }

  beforeAll(async () => {
    const run = (name: string, script: string) =>
      vampira(['run', '--name', name, '--', 'python3', join(example, script), 'a.fits', 'b.fits'], {
        cwd: folder,
      })
    // On a machine's first use, matplotlib runs fc-list twice to list the fonts, which would be in the record.
    execFileSync('python3', ['-c', 'import matplotlib.font_manager'], { stdio: 'ignore' })
    await vampira(['init'], { cwd: folder })
    fields = await run('star-fields', 'make_fields.py')
    writeFileSync(
      join(folder, '.vampira', 'vampira.toml'),
      '[quality]\nsources-detected = "survey.generateHistogram"\n',
    )
    survey = await run('survey', 'survey.py')
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  test('prints what it prints without us, and writes its files', () => {
    expect(fields).toMatchObject({ code: 0, stdout: 'a.fits\nb.fits\n' })
    expect(survey).toMatchObject({ code: 0, stdout: 'a.fits 522 534\nb.fits 539 532\n' })
    expect(existsSync(join(folder, 'b_fft.png'))).toBe(true)
  })

  test("has the counts of the study's figures: source extraction ×4, histogram ×4, Fourier transform ×2", async () => {
    const { stdout } = await vampira(['query', 'overview', '--run', 'last', '--format', 'json'], {
      cwd: folder,
    })
    const rows = (JSON.parse(stdout) as { results: { bindings: Record<string, { value: string }>[] } })
      .results.bindings
    const counts = Object.fromEntries(
      rows.map((row) => [row['function']?.value, Number(row['occurrence']?.value)]),
    )
    expect(counts).toEqual({
      survey: 1,
      'survey.survey': 2,
      'survey.sextractor': 4,
      'source-extractor': 4,
      'survey.generateHistogram': 4,
      'survey.fourierTransform': 2,
      // What the script calls of astropy.
      'astropy.convolution.convolve.convolve_fft': 2,
      'astropy.convolution.kernels.Gaussian2DKernel.__init__': 2,
    })
  })

  test('leads from a histogram through source-extractor to the star field, and to the run that made the field', async () => {
    const files = await seenFiles('lineage', 'a_fft.png')
    for (const path of ['a_fft.png', 'a_fft.cat.fits', 'a_fft.fits', 'a.fits']) expect(files).toContain(path)
    expect(files).not.toContain('b.fits')
    const { nodes } = await ask<Trace>('lineage', 'a_fft.png')
    expect(nodes).toContainEqual(expect.objectContaining({ label: 'source-extractor', strength: 'seen' }))
    expect(nodes).toContainEqual(
      expect.objectContaining({ label: 'make_fields.make_field', strength: 'seen' }),
    )
  })

  test('leads from a star field to everything that came of it and to nothing that did not', async () => {
    const files = [...(await seenFiles('impact', 'a.fits'))].filter((path) => !path.startsWith('/'))
    expect(files.toSorted()).toEqual(
      ['a.cat.fits', 'a.fits', 'a.png', 'a_fft.cat.fits', 'a_fft.fits', 'a_fft.png'].toSorted(),
    )
  })

  test('satisfies every requirement that is about one run', async () => {
    const [{ requirements } = { requirements: [] }] = await ask<Completeness[]>('validate', 'last')
    const unsatisfied = requirements.filter(({ status }) => status !== 'satisfied')
    expect(unsatisfied).toEqual([])
    expect(requirements).toHaveLength(17)
  })
})
