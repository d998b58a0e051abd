import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withoutCredentials } from '../../../src/capture/project/git.ts'
import { findProject } from '../../../src/capture/project/project.ts'
import { Redactor } from '../../../src/capture/redact.ts'
import { readRepository } from '../../../src/capture/project/repository.ts'
import { makeFolder } from '../temporary-folder.ts'

function git(folder: string, ...args: string[]): string {
  const who = ['-c', 'user.name=test', '-c', 'user.email=test@example.org', '-c', 'commit.gpgsign=false']
  return execFileSync('git', [...who, ...args], { cwd: folder, encoding: 'utf8' }).trim()
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

test('A clean repository has its commit and tracked sources; a changed one its diff, without secrets', async () => {
  const root = realpathSync(makeFolder())
  git(root, 'init', '--quiet')
  git(root, 'remote', 'add', 'origin', 'https://me:hunter2@example.org/survey.git')
  mkdirSync(join(root, 'steps'))
  writeFileSync(join(root, 'swep.py'), 'print(1)\n')
  writeFileSync(join(root, 'steps/clean.py'), 'x = 1\n')
  writeFileSync(join(root, 'data.csv'), 'a,b\n')
  git(root, 'add', '.')
  git(root, 'commit', '--quiet', '-m', 'first')
  writeFileSync(join(root, 'untracked.py'), '')

  const clean = await readRepository(root, new Redactor())
  expect(clean).toEqual({
    kind: 'repository',
    project: 'survey',
    root,
    origin: 'https://example.org/survey.git',
    commit: git(root, 'rev-parse', 'HEAD'),
    dirty: false,
    files: { 'steps/clean.py': sha256('x = 1\n'), 'swep.py': sha256('print(1)\n') },
  })

  writeFileSync(join(root, 'swep.py'), `key = "AKIAABCDEFGHIJKLMNOP"\n`)
  const changed = await readRepository(join(root, 'steps'), new Redactor())
  expect(changed.dirty).toBe(true)
  expect(changed.diff).toContain('-print(1)\n+key = "[redacted]"')
  expect(changed.files?.['swep.py']).toBe(sha256(`key = "AKIAABCDEFGHIJKLMNOP"\n`))
})

test('The names of sources are relative to the project, when that is a part of the repository', async () => {
  const root = realpathSync(makeFolder())
  git(root, 'init', '--quiet')
  mkdirSync(join(root, 'a/src'), { recursive: true })
  writeFileSync(join(root, 'a/pyproject.toml'), '[project]\nname = "inner"\n')
  writeFileSync(join(root, 'a/src/x.py'), '')
  writeFileSync(join(root, 'other.py'), '')
  git(root, 'add', '.')
  const found = await readRepository(join(root, 'a/src'), new Redactor())
  expect(found).toMatchObject({ project: 'inner', root: join(root, 'a'), dirty: true })
  expect(Object.keys(found.files ?? {})).toEqual(['pyproject.toml', 'src/x.py'])
  expect(found.commit).toBeUndefined()
})

test('Without a repository the project is named by its own file, else by its folder', async () => {
  const root = realpathSync(makeFolder())
  mkdirSync(join(root, 'plain'))
  writeFileSync(join(root, 'package.json'), '{"name": "@lab/pipeline"}')
  expect(await findProject(root)).toEqual({ name: '@lab/pipeline', root })
  const plain = join(root, 'plain')
  expect(await readRepository(plain, new Redactor())).toEqual({
    kind: 'repository',
    project: 'plain',
    root: plain,
  })
})

test.each([
  ['https://me:pw@example.org/a.git', 'https://example.org/a.git'],
  ['https://token@example.org/a.git?x=y', 'https://example.org/a.git'],
  ['ssh://git@example.org/a.git', 'ssh://example.org/a.git'],
  ['git@example.org:a/b.git', 'git@example.org:a/b.git'],
  ['/srv/git/a.git', '/srv/git/a.git'],
])('%s is shown as %s', (url, shown) => {
  expect(withoutCredentials(url)).toBe(shown)
})

test.each<[what: string, files: Record<string, string>, name: string]>([
  ['pyproject.toml', { 'pyproject.toml': '[project]\nname = "a"\n', 'package.json': '{"name": "b"}' }, 'a'],
  ['the table of Poetry', { 'pyproject.toml': '[tool.poetry]\nname = "a"\n' }, 'a'],
  [
    'package.json, where pyproject.toml has no name',
    { 'pyproject.toml': '[tool]\n', 'package.json': '{"name": "b"}' },
    'b',
  ],
  [
    'its folder, where project files are broken',
    { 'pyproject.toml': '[project\n', 'package.json': '{' },
    'survey',
  ],
  [
    'its folder, where names are empty or no text',
    { 'pyproject.toml': '[project]\nname = ""\n', 'package.json': '{"name": 1}' },
    'survey',
  ],
])('A project is named by %s', async (_, files, name) => {
  const folder = join(makeFolder(), 'survey')
  mkdirSync(folder)
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text)
  expect(await findProject(folder)).toEqual({ name, root: folder })
})

test.each(['pyproject.toml', 'setup.py', 'setup.cfg', 'src'])(
  'A named folder above counts without a repository when it has %s beside its name',
  async (sign) => {
    const root = makeFolder()
    mkdirSync(join(root, 'deep/below'), { recursive: true })
    writeFileSync(join(root, 'package.json'), '{"name": "whole"}')
    writeFileSync(join(root, sign), '')
    expect(await findProject(join(root, 'deep/below'))).toEqual({ name: 'whole', root })
  },
)

test.each([
  [undefined, 'work'],
  ['https://example.org/lab/survey.git', 'survey'],
  ['git@example.org:survey', 'survey'],
  ['/srv/git/survey.git/', 'survey'],
])('A repository without a named project, of origin %s, is called %s', async (origin, name) => {
  const root = join(makeFolder(), 'work')
  mkdirSync(join(root, 'below'), { recursive: true })
  writeFileSync(join(root, '..', 'package.json'), '{"name": "above the repository"}')
  expect(await findProject(join(root, 'below'), root, origin)).toEqual({ name, root })
})

test('Of a repository the sources are hashed that are there, whatever else git tracks', async () => {
  const root = realpathSync(makeFolder())
  git(root, 'init', '--quiet')
  const names = [
    'Makefile',
    'Snakefile',
    'Dockerfile',
    'requirements.txt',
    'a.R',
    'b.ipynb',
    'notes.txt',
    'a.png',
    'gone.py',
  ]
  for (const name of names) writeFileSync(join(root, name), name)
  writeFileSync(join(root, 'large.py'), Buffer.alloc((2 << 20) + 1, ' '))
  for (let n = 10; n < 80; n++) writeFileSync(join(root, `f${n}.py`), '')
  git(root, 'add', '.')
  git(root, 'commit', '--quiet', '-m', 'first')
  rmSync(join(root, 'gone.py'))
  const { files = {}, dirty } = await readRepository(root, new Redactor())
  const small = Array.from({ length: 70 }, (_, n) => `f${n + 10}.py`)
  expect(Object.keys(files)).toEqual(
    ['Makefile', 'Snakefile', 'Dockerfile', 'requirements.txt', 'a.R', 'b.ipynb', ...small].toSorted(),
  )
  expect(dirty).toBe(true)
})
