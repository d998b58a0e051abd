import { delimiter, join } from 'node:path'
import { expect, test } from 'vitest'
import { agentEnvironment } from '../../../src/capture/agent-environment.ts'
import { python } from '../../../src/capture/agents/python.ts'
import { packageRoot } from '../../../src/package-root.ts'

const site = join(packageRoot, 'agents', 'python', 'site')
const orders = {
  journal: '/j/run',
  roots: ['/data/survey', '/data/lib'],
  detail: 'adaptive',
  include: [],
  exclude: [],
  parent: '1-recorder:1',
}

test.each([
  ['is the only one', {}, site],
  ['is the only one where the variable is empty', { PYTHONPATH: '' }, site],
  ['comes before the user’s', { PYTHONPATH: '/mine' }, `${site}${delimiter}/mine`],
])('On Python’s path the folder that starts the agent %s', (_, environment, path) => {
  expect(agentEnvironment(environment, orders)['PYTHONPATH']).toBe(path)
})

test('A program gets the orders for its agent besides its own variables', () => {
  expect(agentEnvironment({ HOME: '/home/me' }, orders)).toEqual({
    HOME: '/home/me',
    PYTHONPATH: site,
    VAMPIRA_JOURNAL: '/j/run',
    VAMPIRA_ROOTS: `/data/survey${delimiter}/data/lib`,
    VAMPIRA_DETAIL: 'adaptive',
    VAMPIRA_PARENT: '1-recorder:1',
  })
})

test('Included and excluded packages are listed; those of a run around this one are not ours', () => {
  const outer = { VAMPIRA_INCLUDE: 'outer', VAMPIRA_EXCLUDE: 'outer', VAMPIRA_IGNORED: 'outer' }
  const inner = agentEnvironment(outer, {
    ...orders,
    include: ['numpy', 'scipy.*'],
    exclude: ['a', 'b'],
    ignored: '^x$',
  })
  expect(inner).toMatchObject({
    VAMPIRA_INCLUDE: 'numpy,scipy.*',
    VAMPIRA_EXCLUDE: 'a,b',
    VAMPIRA_IGNORED: '^x$',
  })
  expect(agentEnvironment(outer, orders)).not.toHaveProperty('VAMPIRA_INCLUDE')
  expect(agentEnvironment(outer, orders)).not.toHaveProperty('VAMPIRA_EXCLUDE')
  expect(agentEnvironment(outer, orders)).not.toHaveProperty('VAMPIRA_IGNORED')
})

test.each([
  [['-I', 'a.py'], 'Python’s -I keeps the agent from starting'],
  [['-u', '-BE', 'a.py'], 'Python’s -BE keeps the agent from starting'],
  [['-S', 'a.py'], 'Python’s -S keeps the agent from starting'],
  [['-u', 'a.py', 'IN-I'], 'The Python agent did not start'],
  [['a.py', '--INPUT', '-1E5'], 'The Python agent did not start'],
])('Where python %j has no agent, the reason is: %s', (args, reason) => {
  expect(python.whyAbsent(args).replace("'", '’')).toContain(reason)
})
