import { expect, test } from 'vitest'
import { chooseVariables } from '../../src/capture/variables.ts'

test('Variables that can change a result are chosen, others are not', () => {
  const chosen = chooseVariables({
    TZ: 'UTC',
    OMP_NUM_THREADS: '4',
    RAYON_NUM_THREADS: '2',
    SLURM_JOB_ID: '17',
    SLURM_CONF: '/etc/slurm.conf',
    SLURM_JWT: 'eyJ',
    HOME: '/home/me',
    PATH: '/bin',
    AWS_SECRET_ACCESS_KEY: 'x',
  })
  expect(chosen).toEqual({ OMP_NUM_THREADS: '4', RAYON_NUM_THREADS: '2', SLURM_JOB_ID: '17', TZ: 'UTC' })
})

test.each([
  'LANG',
  'LC_ALL',
  'SOURCE_DATE_EPOCH',
  'PYTHONHASHSEED',
  'PYTHONOPTIMIZE',
  'PYTHONUTF8',
  'VIRTUAL_ENV',
  'CONDA_PREFIX',
  'CUDA_VISIBLE_DEVICES',
  'MPLBACKEND',
  'NODE_OPTIONS',
  'OPENBLAS_NUM_THREADS',
  'NUMBA_CACHE_DIR',
  'SLURM_CPUS_PER_TASK',
  'SLURM_ARRAY_TASK_ID',
  'PBS_JOBID',
  'LSB_QUEUE',
  'SGE_TASK_ID',
])('%s can change a result', (name) => {
  expect(chooseVariables({ [name]: 'x' })).toEqual({ [name]: 'x' })
})

test.each(['MY_OMP_NUM_THREADS', 'OMP', 'MY_SLURM_JOB_ID', 'SLURM_JOB_IDS', 'PYTHONPATH', 'LANGUAGE'])(
  '%s is not chosen',
  (name) => {
    expect(chooseVariables({ [name]: 'x' })).toEqual({})
  },
)
