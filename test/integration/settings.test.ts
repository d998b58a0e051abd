import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { vampira } from '../cli/vampira.ts'

/** An interpreter that has the libraries below, or some of them: pip install scikit-learn attrs pydantic click typer fire absl-py docopt hydra-core */
const python = process.env['VAMPIRA_SETTINGS_PYTHON'] ?? 'python3'

interface Program {
  /** Modules that it needs. */
  needs: readonly string[]
  source: string
  args: readonly string[]
  /** Some settings that its run has: component, parameter, value. */
  settings: readonly (readonly [string, string, string])[]
  include?: string
}

const programs: Readonly<Record<string, Program>> = {
  click: {
    needs: ['click'],
    source: `import click
@click.command()
@click.option("--alpha", default=1.0, type=float)
@click.option("--seed", default=7)
@click.argument("path")
def main(alpha, seed, path): pass
main()`,
    args: ['a.csv', '--alpha', '2'],
    settings: [
      ['script', 'alpha', '2'],
      ['script', 'seed', '7'],
      ['script', 'path', 'a.csv'],
    ],
  },
  typer: {
    needs: ['typer'],
    source: `import typer
def main(path: str, alpha: float = 1.0): pass
typer.run(main)`,
    args: ['a.csv', '--alpha', '2'],
    settings: [['script', 'alpha', '2']],
  },
  fire: {
    needs: ['fire'],
    source: 'import fire\ndef main(alpha=1.0, seed=7): pass\nfire.Fire(main)',
    args: ['--alpha=2'],
    settings: [
      ['script', 'alpha', '2'],
      ['script', 'seed', '7'],
    ],
  },
  absl: {
    needs: ['absl'],
    source: `from absl import app, flags
flags.DEFINE_float("alpha", 1.0, "")
flags.DEFINE_integer("seed", 7, "")
app.run(lambda argv: None)`,
    args: ['--alpha=2'],
    settings: [
      ['script', 'alpha', '2'],
      ['script', 'seed', '7'],
    ],
  },
  docopt: {
    needs: ['docopt'],
    source: '"""Usage: script.py [--alpha=<a>] <path>"""\nfrom docopt import docopt\ndocopt(__doc__)',
    args: ['--alpha=2', 'a.csv'],
    settings: [['script', 'alpha', '2']],
  },
  hydra: {
    needs: ['hydra', 'omegaconf'],
    source: `import hydra
@hydra.main(version_base=None, config_path="conf", config_name="config")
def main(cfg): pass
main()`,
    args: ['model.depth=5'],
    settings: [
      ['script', 'model.depth', '5'],
      ['script.main', 'cfg.model.depth', '5'],
      ['script.main', 'cfg.alpha', '1'],
    ],
  },
  'attrs and pydantic': {
    needs: ['attrs', 'pydantic'],
    source: `import attrs, pydantic
@attrs.define
class Model:
    depth: int = 3
class Config(pydantic.BaseModel):
    model_config = {"arbitrary_types_allowed": True}
    alpha: float = 1.0
    model: Model = Model()
def fit(config): pass
fit(Config(alpha=2))`,
    args: [],
    settings: [
      ['script.fit', 'config.alpha', '2'],
      ['script.fit', 'config.model.depth', '3'],
    ],
  },
  'scikit-learn': {
    needs: ['sklearn'],
    source: `from sklearn.linear_model import Ridge
Ridge(alpha=2).fit([[0.0], [1.0], [2.0]], [0.0, 1.0, 2.0])`,
    args: [],
    settings: [
      ['sklearn.linear_model._ridge.Ridge.__init__', 'alpha', '2'],
      ['sklearn.linear_model._ridge.Ridge.__init__', 'fit_intercept', 'true'],
    ],
  },
  'numpy, which is written in C': {
    needs: ['numpy'],
    source: `import numpy as np
from numpy import sqrt as root
x = root(np.arange(4.0))
np.add(x, 1.5, casting="unsafe")
x.sum(axis=0)
np.random.default_rng(7).normal(loc=3.5, size=2)`,
    args: [],
    include: 'numpy',
    settings: [
      ['numpy.add', 'x2', '1.5'],
      ['numpy.add', 'casting', 'unsafe'],
      ['numpy.ndarray.sum', 'axis', '0'],
      ['numpy.random._generator.Generator.normal', 'loc', '3.5'],
    ],
  },
  scipy: {
    needs: ['scipy'],
    source: `from scipy import optimize
optimize.minimize(lambda v: (v[0] - 1) ** 2, [0.0], method="Nelder-Mead", tol=0.5)`,
    args: [],
    settings: [
      ['scipy.optimize._minimize.minimize', 'method', 'Nelder-Mead'],
      ['scipy.optimize._minimize.minimize', 'tol', '0.5'],
    ],
  },
}

function lacks(modules: readonly string[]): boolean {
  try {
    execFileSync(python, ['-c', `import ${modules.join(', ')}`], { stdio: 'ignore' })
    return false
  } catch {
    return true
  }
}

describe('the settings of programs that use libraries', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vampira-settings-'))
  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }

  beforeAll(async () => {
    await vampira(['init'], { cwd: folder })
    write('conf/config.yaml', 'alpha: 1.0\nmodel:\n  depth: 3\n')
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  for (const [name, { needs, source, args, settings, include }] of Object.entries(programs)) {
    const missing = lacks(needs)
    const why = missing
      ? ` (skipped: ${python} lacks one of ${needs.join(', ')}; set VAMPIRA_SETTINGS_PYTHON)`
      : ''
    test.skipIf(missing)(`are recorded of ${name}${why}`, async () => {
      write('script.py', source)
      const options = include === undefined ? [] : ['--include', include]
      await vampira(['run', '--name', name, ...options, '--', python, 'script.py', ...args], { cwd: folder })
      const { stdout } = await vampira(
        ['query', 'uc7-settings-and-outcomes', '--param', `pipeline=${name}`, '--format', 'csv'],
        { cwd: folder },
      )
      const [header = '', ...rows] = stdout.trim().split('\n')
      const at = (column: string) => header.trim().split(',').indexOf(column)
      const found = rows.map((row) => {
        const cells = row.split(',')
        return [cells[at('name')], cells[at('setting')], cells[at('value')]?.replace(/\.0E0$/, '')].join(' ')
      })
      for (const setting of settings) expect(found).toContain(setting.join(' '))
    })
  }
})
