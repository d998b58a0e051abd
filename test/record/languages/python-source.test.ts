import { describe, expect, test } from 'vitest'
import { moduleSource, sliceSource } from '../../../src/record/languages/python-source.ts'

describe('the text that makes a version', () => {
  test.each([
    [
      'keeps its decorators and is dedented',
      'class A:\n    @x\n    def f(self):\n        pass\n',
      2,
      4,
      '@x\ndef f(self):\n    pass',
    ],
    ['has LF whatever its file has', 'def f():\r\n    pass\r\n', 1, 2, 'def f():\n    pass'],
    [
      'has no blanks at the end of lines, nor blank lines at its end',
      'def f():  \n\n    pass\t\n\n',
      1,
      5,
      'def f():\n\n    pass',
    ],
    ['has no byte order mark', '\uFEFFx = 1\n', 1, 1, 'x = 1'],
  ])('%s', (_, source, line, endLine, expected) => {
    expect(sliceSource(source, line, endLine)).toBe(expected)
  })

  const changes: [string, string, string, boolean][] = [
    [
      'a function’s body',
      'def f():\n    return 1\nf()\n',
      'def f():\n    return 2\n\n    # more\nf()\n',
      true,
    ],
    [
      'a nested function or a method',
      'class A:\n  def f(self):\n    1\n',
      'class A:\n  def g(self):\n    2\n',
      true,
    ],
    ['a body on the line of its header', 'def f(): return 1\n', 'def f(): return 2\n', true],
    ['a body of an oddly spaced function', 'async  def f():\n    1\n', 'async  def f():\n    2\n', true],
    ['a body after a bracket too many', 'x)\ndef f():\n    1\n', 'x)\ndef f():\n    2\n', true],
    ['a bracket that spans lines', 'x = (\n  1,\n)\n', 'x = (\n  2,\n)\n', false],
    ['a body of an async function', 'async def f():\n    1\nx = 1\n', 'async def f():\n    2\nx = 1\n', true],
    [
      'a body with text that looks outdented',
      'def f():\n    """\nx\n"""\n    1\ny\n',
      'def f():\n    """\nz\n"""\n    2\ny\n',
      true,
    ],
    ['a body with an outdented bracket', 'def f():\n    g(\n1)\ny\n', 'def f():\n    g(\n2)\ny\n', true],
    ['a function’s parameters', 'def f(a=1):\n    pass\n', 'def f(a=2):\n    pass\n', false],
    [
      'parameters over several lines',
      'def f(\n  a=1,\n):\n    pass\n',
      'def f(\n  a=2,\n):\n    pass\n',
      false,
    ],
    ['a decorator', '@a\ndef f():\n    pass\n', '@b\ndef f():\n    pass\n', false],
    ['what follows a function', 'def f():\n    pass\nf(1)\n', 'def f():\n    pass\nf(2)\n', false],
    [
      'a text that looks like a function',
      's = """\ndef f():\n    1\n"""\n',
      's = """\ndef f():\n    2\n"""\n',
      false,
    ],
    [
      'what stands under an if',
      'if x:\n    def f():\n        1\n    y = 1\n',
      'if x:\n    def f():\n        1\n    y = 2\n',
      false,
    ],
    ['a lambda in a default', 'def f(a=lambda: 1):\n    pass\n', 'def f(a=lambda: 2):\n    pass\n', false],
    ['an annotation', 'def f(a: int) -> {1: 2}:\n    pass\n', 'def f(a: int) -> {1: 3}:\n    pass\n', false],
    ['a text in single quotes with a quote in it', "s = 'a\\'b'\nx = 1\n", "s = 'a\\'b'\nx = 2\n", false],
  ]
  test.each(changes)('of a module, when %s changes', (_, before, after, isSame) => {
    expect(moduleSource(before) === moduleSource(after)).toBe(isSame)
  })
})
