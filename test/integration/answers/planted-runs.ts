import { execFileSync, spawn } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { packageRoot } from '../../../src/package-root.ts'
import { vampira } from '../../cli/vampira.ts'

/** What was done to a run on purpose; the others differ in fields, widths and thresholds alone. */
export type Planted =
  'repeat' | 'truncated' | 'half-zero' | 'package' | 'slow-machine' | 'failing' | 'nondeterministic'

export interface PlantedRun {
  id: string
  pipeline: string
  planted?: Planted
  /** Name of its field, without `.fits`. */
  field: string
  std: number
  threshold: number
}

/** The version of numpy that the run planted as `package` has. */
export const otherNumpy = '2.3.5'

const example = join(packageRoot, 'examples', 'astronomy')
/** The example's pipeline with noise that nobody seeds before it smooths. */
const noisy = `import numpy as np
import survey as usual
from astropy.io import fits

def addNoise(imageName):
    noisyName = imageName.replace(".fits", "_noise.fits")
    with fits.open(imageName) as image:
        image[0].data = image[0].data + np.random.default_rng().normal(0, 20, image[0].data.shape).astype("float32")
        image.writeto(noisyName, overwrite=True)
    return noisyName
`
/** Two more pipelines, made of the same components. */
const otherPipelines = {
  'quicklook.py': `import sys
from survey import generateHistogram, sextractor

def quicklook(imageName):
    """How many sources there are, without smoothing."""
    return generateHistogram(sextractor(imageName), imageName.replace(".fits", "_quick.png"))

for field in sys.argv[1:]:
    print(field, quicklook(field))
`,
  'colours.py': `import sys
from astropy.table import Table
from survey import fourierTransform, sextractor

def brightest(table, count=10):
    """The brightest sources of a catalogue."""
    sources = Table.read(table)
    sources.sort("MAG_AUTO")
    return sources[:count]

def writeTable(sources, name):
    sources.write(name, format="ascii.csv", overwrite=True)
    return name

for field in sys.argv[1:]:
    print(writeTable(brightest(sextractor(fourierTransform(field))), field.replace(".fits", "_bright.csv")))
`,
}

/** The example's runs, and where they are. */
export interface PlantedRuns {
  /** The folder of the project and of its store. */
  project: string
  /** In the order in which they were recorded. */
  runs: readonly PlantedRun[]
}

/**
 * Records the astronomy example: 24 runs of it with fields, widths and thresholds varied and seven faults planted, and
 * two more pipelines that share components with it. It takes two minutes, and needs what the example needs. Suites share
 * them, in the folder VAMPIRA_PLANTED or among temporary files: none may change them.
 */
export async function plantRuns(): Promise<PlantedRuns> {
  const folder = process.env['VAMPIRA_PLANTED'] ?? join(tmpdir(), 'planted')
  const list = join(folder, 'planted.json')
  const project = join(folder, 'project')
  if (existsSync(list)) return { project, runs: JSON.parse(readFileSync(list, 'utf8')) as PlantedRun[] }
  mkdirSync(project, { recursive: true })
  for (const name of ['make_fields.py', 'survey.py', 'survey.param', 'survey.sex'])
    copyFileSync(join(example, name), join(project, name))
  for (const [name, text] of Object.entries(otherPipelines)) writeFileSync(join(project, name), text)
  const planted: PlantedRun[] = []
  const record = async (
    pipeline: string,
    script: string,
    args: readonly string[],
    run: Omit<PlantedRun, 'id' | 'pipeline'>,
    { fails = false, env = {} }: { fails?: boolean; env?: Record<string, string> } = {},
  ) => {
    const { code, stderr } = await vampira(
      ['run', '--quiet', '--name', pipeline, '--', 'python3', script, ...args],
      { cwd: project, env: { PYTHONDONTWRITEBYTECODE: '', ...env } },
    )
    if ((code === 0) === fails) throw new Error(`${pipeline} ${args.join(' ')} ended with ${code}: ${stderr}`)
    const { stdout } = await vampira(['list', '--json'], { cwd: project })
    const runs = JSON.parse(stdout) as { id: string; started: string }[]
    const latest = runs.reduce((one, other) => (other.started > one.started ? other : one))
    planted.push({ id: latest.id, pipeline, ...run })
  }

  // On a machine's first use, matplotlib runs fc-list to list the fonts, which would be in the record.
  execFileSync('python3', ['-c', 'import matplotlib.font_manager'], { stdio: 'ignore' })
  await vampira(['init'], { cwd: project })
  writeFileSync(
    join(project, '.vampira', 'vampira.toml'),
    '[quality]\nsources-detected = "survey.generateHistogram"\n',
  )
  const sizes = { f1: 384, f2: 512, f3: 640, f4: 768, f5: 512, f6: 896 }
  for (const [index, [field, size]] of Object.entries(sizes).entries()) {
    const stars = String(Math.round((size * size) / 1800))
    const args = ['--size', String(size), '--stars', stars, '--seed', String(index + 1), `${field}.fits`]
    await record('star-fields', 'make_fields.py', args, { field, std: 0, threshold: 0 })
  }
  const survey = async (
    field: string,
    std: number,
    threshold: number,
    fault?: Planted,
    how: { fails?: boolean; env?: Record<string, string>; script?: string } = {},
  ) => {
    const args = ['--std', String(std), '--threshold', String(threshold), `${field}.fits`]
    const run = { field, std, threshold, ...(fault !== undefined && { planted: fault }) }
    await record('survey', how.script ?? 'survey.py', args, run, how)
  }
  const usual: [string, number, number][] = [
    ['f1', 2.5, 4],
    ['f2', 2.5, 4],
    ['f3', 2.5, 4],
    ['f4', 2.5, 4],
    ['f5', 2.5, 4],
    ['f6', 2.5, 4],
    ['f1', 1.5, 4],
    ['f2', 3.5, 4],
    ['f3', 1.5, 6],
    ['f4', 3.5, 6],
    ['f5', 2.5, 6],
    ['f6', 1.5, 3],
    ['f1', 3.5, 3],
    ['f2', 1.5, 3],
    ['f4', 1.5, 3],
  ]
  for (const [field, std, threshold] of usual) await survey(field, std, threshold)
  await survey('f2', 2.5, 4, 'repeat')
  await survey('f2', 2.5, 4, 'repeat')

  const whole = readFileSync(join(project, 'f3.fits'))
  writeFileSync(join(project, 'truncated.fits'), whole.subarray(0, Math.round(whole.length * 0.6)))
  await survey('truncated', 2.5, 4, 'truncated', { fails: true })
  execFileSync(
    'python3',
    [
      '-c',
      `from astropy.io import fits
with fits.open("f3.fits") as image:
    image[0].data[image[0].data.shape[0] // 2 :] = 0
    image.writeto("half.fits")`,
    ],
    { cwd: project },
  )
  await survey('half', 2.5, 4, 'half-zero')

  const site = join(folder, 'site')
  execFileSync('python3', [
    '-m',
    'pip',
    'install',
    '-q',
    '--no-deps',
    '--target',
    site,
    `numpy==${otherNumpy}`,
  ])
  await survey('f2', 2.5, 4, 'package', { env: { PYTHONPATH: site } })

  // Others who want every processor, four times over.
  const busy = Array.from({ length: availableParallelism() * 4 }, () =>
    spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }),
  )
  try {
    await survey('f2', 2.5, 4, 'slow-machine')
  } finally {
    for (const child of busy) child.kill('SIGKILL')
  }
  await survey('f2', 0, 4, 'failing', { fails: true })
  const usualText = readFileSync(join(project, 'survey.py'), 'utf8')
  const noisyText = `${noisy}\n${usualText.slice(usualText.indexOf('if __name__')).replace('import argparse', '')}`
  writeFileSync(
    join(project, 'noisy_survey.py'),
    noisyText
      .replace('if __name__', 'import argparse\n\nif __name__')
      .replace('*survey(field,', '*usual.survey(addNoise(field),'),
  )
  for (let n = 0; n < 2; n++) await survey('f5', 2.5, 4, 'nondeterministic', { script: 'noisy_survey.py' })
  for (const field of ['f1', 'f2', 'f3', 'f4']) {
    await record('quicklook', 'quicklook.py', [`${field}.fits`], { field, std: 0, threshold: 4 })
    await record('colours', 'colours.py', [`${field}.fits`], { field, std: 2.5, threshold: 4 })
  }
  writeFileSync(list, `${JSON.stringify(planted, null, 2)}\n`)
  return { project, runs: planted }
}
