import { expect, test } from 'vitest'
import { chooseVariables } from '../../src/capture/variables.ts'

test('Variables that can change a result are chosen, others are not', () => {
  const chosen = chooseVariables({
    TZ: 'UTC',
    OMP_NUM_THREADS: '4',
    SLURM_JOB_ID: '17',
    SLURM_CONF: '/etc/slurm.conf',
    SLURM_JWT: 'eyJ',
    HOME: '/home/me',
    PATH: '/bin',
    AWS_SECRET_ACCESS_KEY: 'x',
  })
  expect(chosen).toEqual({ OMP_NUM_THREADS: '4', SLURM_JOB_ID: '17', TZ: 'UTC' })
})
