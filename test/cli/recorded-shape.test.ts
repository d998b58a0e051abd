import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readQuads } from '../../src/formats/parse.ts'
import { openStore } from '../../src/store/open-store.ts'
import { vampira } from './vampira.ts'
import { shapeOf } from '../prov/shape.ts'

/** The example's pipeline as far as the standard library goes: `sort` stands for source-extractor. */
const SWEP = `import subprocess, sys

def clip(value):
    return min(max(value, 0), 16)

def sextractor(imageName):
    catalogue = imageName.replace(".fits", ".cat")
    subprocess.run(["sort", imageName, "-o", catalogue], check=True)
    return catalogue

def fourierTransform(imageName, std=2.5):
    with open(imageName, "rb") as image, open("a_fft.fits", "wb") as out:
        out.write(image.read().replace(b"adu", b"mag"))

def completeness(catalogue):
    return 0.94

if __name__ == "__main__":
    completeness(sextractor(sys.argv[1]))
    fourierTransform(sys.argv[1])
    for value in range(200000):
        clip(value)
`

/** In the example and not here, and why. */
const NOT_HERE: Readonly<Record<string, string>> = {
  'dqv:QualityMeasurement dqv:computedOn vam:FileVersion': 'the metric of a component is of its call',
  'vam:PipelineVersion schema:codeRepository IRI': 'the repository has no remote',
  'vam:Content vam:minimum xsd:double': 'the describer reads headers, not pixels',
  'vam:Content vam:maximum xsd:double': 'the describer reads headers, not pixels',
  'vam:Content vam:columns rdf:JSON': 'the catalogue is no table',
  'vam:Content vam:rowCount xsd:integer': 'the catalogue is no table',
  ...(existsSync('/var/lib/dpkg')
    ? {}
    : { 'vam:ComponentVersion vam:package vam:Package': 'nobody here knows the package of `sort`' }),
}

/** Here and not in the example, which is shortened; each is a term that the model has. */
const NOT_IN_THE_EXAMPLE =
  /^(vam:Environment vam:(interpreter|container) |vam:PipelineRun vam:(loadAtStart|loadAtEnd|readBytes|writtenBytes|hostHash|variable) |vam:Setting (prov:value|vam:callCount|vam:sampledCount) |vam:FileVersion (prov:wasInvalidatedBy|vam:sizeBytes|vam:noDigestBecause) |vam:Value (prov:value|vam:length|vam:sizeBytes) |vam:CallGroup prov:used |vam:Value prov:wasGeneratedBy vam:CallGroup|prov:Generation prov:activity vam:CallGroup|dqv:QualityMeasurement (dqv:computedOn vam:Call|prov:wasAttributedTo)|vam:Call vam:(readBytes|writtenBytes|addedMemoryBytes|gap) |vam:Content vam:(kept|notKeptBecause|mean|quantiles|zeroShare|missingShare) |vam:CaptureGap )/

/** A FITS image of 4 by 4 numbers. */
function fits(): Buffer {
  const cards = [
    'SIMPLE  = T',
    'BITPIX  = -32',
    'NAXIS   = 2',
    'NAXIS1  = 4',
    'NAXIS2  = 4',
    "BUNIT   = 'adu'",
    'DATAMIN = -3.1',
    'DATAMAX = 2.0E4',
    'END',
  ]
  const header = cards
    .map((card) => card.replace(/= (?!')(.*)$/, (_, value: string) => `= ${value.padStart(20)}`).padEnd(80))
    .join('')
  return Buffer.concat([Buffer.from(header.padEnd(2880)), Buffer.alloc(2880)])
}

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vampira-shape-'))
  await writeFile(join(folder, 'swep.py'), SWEP)
  await writeFile(join(folder, 'a.fits'), fits())
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], { cwd: folder })
  git('init', '-q')
  git('add', 'swep.py')
  git('commit', '-q', '-m', 'x')
  await vampira(['init'], { cwd: folder })
  await writeFile(join(folder, '.vampira', 'vampira.toml'), '[quality]\ncompleteness = "swep.completeness"\n')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test("what is recorded of the example's pipeline has the example's shape", async () => {
  const ended = await vampira(
    ['run', '--name', 'astronomy', '--meta', 'telescope=test', '--', 'python3', 'swep.py', 'a.fits'],
    { cwd: folder },
  )
  expect(ended.code, ended.stderr).toBe(0)
  const store = await openStore(folder)
  const [run] = await store.runs()
  const graph = await store.graph(run!.id, 'record')
  const example = await readQuads(
    await readFile(new URL('../prov/example-record.trig', import.meta.url), 'utf8'),
    {
      format: 'trig',
    },
  )
  const wanted = shapeOf(example.filter((quad) => quad.graph.value.endsWith('#record')))
  const got = shapeOf(await readQuads(graph.text(), { format: graph.mediaType }))
  expect([...wanted].filter((each) => !got.has(each) && !(each in NOT_HERE))).toEqual([])
  expect([...got].filter((each) => !wanted.has(each) && !NOT_IN_THE_EXAMPLE.test(each))).toEqual([])
})
