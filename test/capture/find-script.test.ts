import { expect, test } from 'vitest'
import { findScript } from '../../src/capture/find-script.ts'

test.each<[command: string, entry: object]>([
  ['python3 pipeline.py a b', { interpreter: 'python', script: '/data/pipeline.py', name: 'pipeline' }],
  [
    '/usr/bin/python3.11 -u -W error -X dev /a/b.py -c x',
    { interpreter: 'python', script: '/a/b.py', name: 'b' },
  ],
  ['python -m survey.run x.py', { interpreter: 'python', module: 'survey.run', name: 'survey.run' }],
  ['python -msurvey', { interpreter: 'python', module: 'survey', name: 'survey' }],
  ['python -c pass x.py', { interpreter: 'python', name: 'python' }],
  ['python -Bc pass x.py', { interpreter: 'python', name: 'python' }],
  ['python - x.py', { interpreter: 'python', name: 'python' }],
  ['python', { interpreter: 'python', name: 'python' }],
  ['node --import ./hook.mjs main.js', { interpreter: 'node', script: '/data/main.js', name: 'main' }],
  ['bash run.all.sh', { interpreter: 'sh', script: '/data/run.all.sh', name: 'run.all' }],
  ['sh -c ls', { interpreter: 'sh', name: 'sh' }],
  ['sort -o out in', { name: 'sort' }],
  ['./pipeline.py', { name: 'pipeline' }],
  ['./.hidden', { name: '.hidden' }],
])('%s', (command, entry) => {
  expect(findScript(command.split(' '), '/data')).toEqual(entry)
})
