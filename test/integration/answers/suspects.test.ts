import { beforeAll, expect, test } from 'vitest'
import type { Suspects, UseCaseAnswer } from '../../../src/index.ts'
import { vampira } from '../../cli/vampira.ts'
import { plantRuns } from './planted-runs.ts'

let project: string
beforeAll(async () => {
  ;({ project } = await plantRuns())
})

async function causesOf(file: string) {
  const { stdout } = await vampira(['suspects', file, '--json'], { cwd: project })
  return (JSON.parse(stdout) as UseCaseAnswer<Suspects>).answer!.causes
}

test('A figure of a field that is half zeros: the zeros are the first suspect', async () => {
  const [first] = await causesOf('half_fft.png')
  expect(first).toMatchObject({
    aspect: 'contents',
    of: 'zeroShare of image/fits',
    value: '0.5',
    strength: 'seen',
  })
})

test('A catalogue of a truncated field: that nothing could be read from it', async () => {
  const [first] = await causesOf('truncated.cat.fits')
  expect(first).toMatchObject({ aspect: 'contents', value: 'nothing could be read', strength: 'seen' })
})

test('A figure with noise that nobody else added: the component that adds it', async () => {
  const causes = await causesOf('f5_noise_fft.png')
  const noise = causes.find(({ of }) => of === 'noisy_survey.addNoise')
  expect(noise).toMatchObject({ aspect: 'code', strength: 'seen' })
  expect(noise!.score).toBeGreaterThan(0.8)
  expect(causes.filter(({ aspect, score }) => aspect !== 'code' && score > noise!.score)).toEqual([])
})

test('A figure of a run that did as others do: nothing', async () => {
  const { code, stdout } = await vampira(['suspects', 'f2_fft.png'], { cwd: project })
  expect(code).toBe(0)
  expect(stdout).toContain('Nothing that it came from sets that run apart.')
})
