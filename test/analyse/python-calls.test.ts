import { describe, expect, test } from 'vitest'
import { readPythonCalls } from '../../src/analyse/python-calls.ts'

const namesOf = async (text: string) => (await readPythonCalls('s.py', text)).calls.map(({ name }) => name)

describe('The calls of a Python script', () => {
  test('have the names of what was imported, whatever the script calls it', async () => {
    expect(
      await namesOf(
        'import survey as usual\nimport a.b\nfrom survey import (sextractor as sx,\n  smooth)\nfrom . import near\n' +
          'usual.survey(1)\na.b.c()\nsx(smooth(2))\nnear.by()\nprint(len("x"))',
      ),
    ).toEqual(['survey.survey', 'a.b.c', 'survey.smooth', 'survey.sextractor', 'near.by'])
  })

  test('say whose results they are given, through variables, loops and functions of the script', async () => {
    const { calls } = await readPythonCalls(
      's.py',
      'import sys\nfrom survey import smooth, extract, draw\n' +
        'def both(image, name="x"):\n    table = extract(image)\n    return draw(table, name)\n' +
        'for field in sys.argv[1:]:\n    smoothed, n = smooth(field), 1\n    both(smoothed)\n',
    )
    expect(calls.map(({ name, takes, isRepeated, line }) => [name, takes, isRepeated, line])).toEqual([
      ['survey.smooth', [], true, 7],
      ['both', [0], true, 8],
      ['survey.extract', [0], true, 4],
      ['survey.draw', [2], true, 5],
    ])
    expect(calls[2]).toMatchObject({ within: 1, isLocal: false })
  })

  test('are counted where a function is called, as often as it is, and not where it is only defined', async () => {
    const script =
      'from m import f\ndef never():\n    f()\ndef twice():\n    f()\ntwice()\nif __name__ == "__main__":\n    twice()\n'
    expect(await namesOf(script)).toEqual(['twice', 'm.f', 'twice', 'm.f'])
  })

  test('of functions that call themselves come to an end', async () => {
    expect(
      (await namesOf('from m import f\ndef again():\n    f()\n    again()\nagain()\n')).length,
    ).toBeLessThan(50)
  })

  test('are repeated in comprehensions, of whose element the loop comes after, and where they are handed on', async () => {
    const { calls } = await readPythonCalls(
      's.py',
      'from m import f, g, h\nlist(map(h, [f(each) for each in g()]))\n',
    )
    expect(
      calls.map(({ name, isRepeated, isReference, takes }) => [name, isRepeated, isReference, takes]),
    ).toEqual([
      ['m.g', false, false, []],
      ['m.f', true, false, [0]],
      ['m.h', true, true, [1]],
    ])
  })

  test('name the modules that are imported', async () => {
    const { modules } = await readPythonCalls('s.py', 'import a, b.c as d\nfrom e.f import g\n')
    expect(modules).toEqual(['a', 'b.c', 'e.f'])
  })

  test('of what is no Python are refused, with the line', async () => {
    await expect(readPythonCalls('s.py', 'x = 1\ndef f(:\n')).rejects.toThrow(
      'Cannot read s.py: line 2 is no Python',
    )
  })
})
