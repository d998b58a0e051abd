import { expect, test } from 'vitest'
import { python } from '../../src/capture/agents/python.ts'
import { findScript } from '../../src/capture/find-script.ts'

test.each<[command: string, entry: object]>([
  ['python3 pipeline.py a b', { agent: python, script: '/data/pipeline.py', name: 'pipeline' }],
  ['/usr/bin/python3.11 -u -W error -X dev /a/b.py -c x', { agent: python, script: '/a/b.py', name: 'b' }],
  ['python -m survey.run x.py', { agent: python, name: 'survey.run' }],
  ['python -msrc', { agent: python, name: 'src' }],
  ['python -c pass x.py', { agent: python, name: 'python' }],
  ['python -Bc pass x.py', { agent: python, name: 'python' }],
  ['python -m survey.__main__', { agent: python, name: 'survey' }],
  ['python -m', { agent: python, name: 'python' }],
  ['python - x.py', { agent: python, name: 'python' }],
  ['python', { agent: python, name: 'python' }],
  ['node --import ./hook.mjs main.js', { script: '/data/main.js', name: 'main' }],
  ['bash run.all.sh', { script: '/data/run.all.sh', name: 'run.all' }],
  ['sh -c ls', { name: 'sh' }],
  ['sort -o out in', { name: 'sort' }],
  ['./pipeline.py', { name: 'pipeline' }],
  ['./.hidden', { name: '.hidden' }],
])('%s', (command, entry) => {
  expect(findScript(command.split(' '), '/data')).toEqual(entry)
})
