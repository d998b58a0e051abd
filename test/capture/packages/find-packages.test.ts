import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { PackageFinder } from '../../../src/capture/packages/find-packages.ts'
import { makeFolder } from '../temporary-folder.ts'

const now = () => 0n

function lay(files: Record<string, string>): string {
  const site = makeFolder()
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(site, path)), { recursive: true })
    writeFileSync(join(site, path), text)
  }
  return site
}

test('Modules are traced to distributions by name, by top_level.txt, and by the list of files', async () => {
  const site = lay({
    'astropy/__init__.py': '',
    'astropy-5.2.1.egg-info/PKG-INFO': 'Metadata-Version: 2.1\nName: astropy\nVersion: 5.2.1\n',
    'yaml/__init__.py': '',
    'PyYAML-6.0.1.dist-info/METADATA': 'Name: PyYAML\nVersion: 6.0.1\n',
    'PyYAML-6.0.1.dist-info/top_level.txt': '_yaml\nyaml\n',
    '_yaml/__init__.py': '',
    'sklearn/__init__.py': '',
    'scikit_learn-1.4.0.dist-info/METADATA': 'Name: scikit-learn\nVersion: 1.4.0\n',
    'scikit_learn-1.4.0.dist-info/RECORD':
      'six_more.py,,\n../../bin/tool,,\nsklearn/svm.py,,\nsklearn/__init__.py,sha256=x,0',
    'six.py': '',
    'six-1.16.0.egg-info': 'Name: six\nVersion: 1.16.0\n',
    'mine.py': '',
  })
  const library = (name: string, file: string) => ({ name, file: join(site, file) })
  const found = await (
    await PackageFinder.load()
  ).find(
    {
      libraries: [
        library('astropy', 'astropy/__init__.py'),
        library('yaml', 'yaml/__init__.py'),
        library('_yaml', '_yaml/__init__.py'),
        library('sklearn', 'sklearn/__init__.py'),
        library('six', 'six.py'),
        library('mine', 'mine.py'),
        { name: 'sys' },
      ],
      programs: [],
      interpreters: [{ name: 'cpython', version: '3.11.7' }],
    },
    { now },
  )
  expect(found).toEqual({
    interpreter: 'pkg:generic/cpython@3.11.7',
    packages: [
      { purl: 'pkg:generic/cpython@3.11.7', name: 'cpython', version: '3.11.7' },
      { purl: 'pkg:pypi/astropy@5.2.1', name: 'astropy', version: '5.2.1', modules: ['astropy'] },
      { purl: 'pkg:pypi/pyyaml@6.0.1', name: 'pyyaml', version: '6.0.1', modules: ['_yaml', 'yaml'] },
      { purl: 'pkg:pypi/scikit-learn@1.4.0', name: 'scikit-learn', version: '1.4.0', modules: ['sklearn'] },
      { purl: 'pkg:pypi/six@1.16.0', name: 'six', version: '1.16.0', modules: ['six'] },
    ],
    programs: [],
  })
})

test('A program of no package is known by its digest', async () => {
  const program = join(lay({ tool: '#!/bin/sh\n' }), 'tool')
  chmodSync(program, 0o755)
  const found = await (
    await PackageFinder.load()
  ).find({ libraries: [], programs: [program], interpreters: [] }, { now })
  const sha256 = createHash('sha256').update('#!/bin/sh\n').digest('hex')
  expect(found).toEqual({ packages: [], programs: [{ path: program, sha256 }] })
})

test.skipIf(!existsSync('/var/lib/dpkg/status'))(
  'A program of a Debian package is known by it (needs dpkg)',
  async () => {
    const found = await (
      await PackageFinder.load()
    ).find({ libraries: [], programs: ['/usr/bin/sort', '/bin/sh'], interpreters: [] }, { now })
    const names = found.packages.map(({ purl, programs }) => [purl.replace(/@.*$/, ''), programs])
    expect(names).toContainEqual([expect.stringMatching(/^pkg:deb\/[a-z]+\/coreutils$/), ['/usr/bin/sort']])
    expect(found.packages.flatMap(({ programs }) => programs)).toContain('/bin/sh')
    expect(found.programs).toEqual([])
  },
)

test('Modules are looked up beside the folder that they are in, and by all that a list of files says', async () => {
  const site = lay({
    'pkg/__init__.py': '',
    'space/inner.py': '',
    'fast.cpython-311-x86_64-linux-gnu.so': '',
    'lone.pyc': '',
    'Big_Name.Pkg-1.0.dist-info/METADATA': 'Summary: Name: x\nName: Big_Name.Pkg\nVersion: 1.0\n',
    'Big_Name.Pkg-1.0.dist-info/RECORD':
      'pkg/__init__.py,,\npkg/a.py,,\nfast.cpython-311-x86_64-linux-gnu.so,,\nspace/inner.py,,\nlone.pyc,,',
    'nameless-1.0.dist-info/METADATA': 'Version: 1.0\n',
    'nameless-1.0.dist-info/top_level.txt': 'nameless_module\n',
    'nameless_module.py': '',
  })
  const library = (name: string, file: string) => ({ name, file: join(site, file) })
  const { packages } = await (
    await PackageFinder.load()
  ).find(
    {
      libraries: [
        library('pkg', 'pkg/__init__.py'),
        library('fast', 'fast.cpython-311-x86_64-linux-gnu.so'),
        library('space', 'space/inner.py'),
        library('lone', 'lone.pyc'),
        library('nameless_module', 'nameless_module.py'),
        { name: 'gone', file: '/no/such/site/gone.py' },
      ],
      programs: [],
      interpreters: [],
    },
    { now },
  )
  expect(packages).toEqual([
    {
      purl: 'pkg:pypi/big-name-pkg@1.0',
      name: 'big-name-pkg',
      version: '1.0',
      modules: ['fast', 'lone', 'pkg', 'space'],
    },
  ])
})
