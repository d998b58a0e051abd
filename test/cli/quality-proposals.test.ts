import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { vampiraHere } from './here.ts'
import { workIn } from './recorded.ts'
import { vampira } from './vampira.ts'

const program = `import json

def misfit(x):
    return x / 8

def evaluate(x, scale=2):
    return {"r2": 0.75, "test": {"mae": x * scale}}

scores = evaluate(1.5)
with open("metrics.json", "w") as file:
    json.dump({"accuracy": 0.5, "model": "tree", "misfit": misfit(2.0)}, file)
with open("epochs.csv", "w") as file:
    file.write("epoch,loss\\n1,0.5\\n2,0.25\\n")
`

test('Each option that validate proposes for a quality measures that number in the next run', async () => {
  const cwd = workIn()
  writeFileSync(join(cwd, 'step.py'), program)
  await vampira(['run', '--', 'python3', 'step.py'], { cwd })
  const { stdout } = await vampiraHere(['validate', 'last'], { cwd })
  const proposed = [...stdout.matchAll(/--quality (\S+) +# (.*)/g)].map(([, rule = '', was]) => [rule, was])
  expect(proposed).toEqual([
    ['loss=epochs.csv#/loss', 'in the last row'],
    ['accuracy=metrics.json#/accuracy', 'was 0.5'],
    ['mae=step.evaluate#/test/mae', 'was 3'],
    ['r2=step.evaluate', 'was 0.75'],
    ['epoch=epochs.csv#/epoch', 'in the last row'],
    ['misfit=metrics.json#/misfit', 'was 0.25'],
  ])

  const options = proposed.flatMap(([rule = '']) => ['--quality', rule])
  const again = await vampira(['run', ...options, '--', 'python3', 'step.py'], { cwd })
  expect(again.stderr).not.toMatch(/gap|not read/)
  const ask = ['query', 'uc8-what-two-runs-ran', '--run', 'last', '--format', 'csv']
  const measured = (await vampiraHere(ask, { cwd })).stdout
  for (const [metric, value] of Object.entries({
    accuracy: 0.5,
    loss: 0.25,
    mae: 3,
    misfit: 0.25,
    r2: 0.75,
    epoch: 2,
  }))
    expect(measured).toMatch(new RegExp(`quality,[^,]*metric:${metric},,${value},`))
}, 60_000)
