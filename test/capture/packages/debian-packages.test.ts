import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { DebianPackages } from '../../../src/capture/packages/debian-packages.ts'
import { makeFolder } from '../temporary-folder.ts'

/** A system with these files; dpkg's lists are named by package. */
function system(lists: Record<string, string[]>, more: Record<string, string> = {}): string {
  const root = makeFolder()
  const files = Object.entries(lists).map(
    ([name, paths]) => [`var/lib/dpkg/info/${name}.list`, `/.\n${paths.join('\n')}\n`] as const,
  )
  for (const [path, text] of [...files, ...Object.entries(more)]) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}

const status = [
  'Package: hello\nStatus: install ok installed\nVersion: 2.10-3\n',
  'Package: hello-extra\nVersion: 9\n',
  'Package: libfoo\nArchitecture: amd64\nVersion: 1:1.2~rc1\n',
  'Package: unversioned\nArchitecture: amd64\n',
].join('\n')

const lists = {
  hello: ['/no/bin/hello'],
  'libfoo:amd64': ['/no/bin/foo-config', '/no/bin/foo'],
  'hello-extra': ['/no/bin/hello-extra', '/no/bin/goodbye'],
  unversioned: ['/no/bin/unversioned'],
  merged: ['/bin/vampira-test-a', '/usr/sbin/vampira-test-b', '/usr/share/lib/vampira-test-c'],
}

const debian = {
  'var/lib/dpkg/status': `${status}\nPackage: merged\nVersion: 4\n`,
  'etc/os-release': 'NAME="x"\nID=debian\n',
}

test.each([
  ['of the program’s name', '/no/bin/hello', { name: 'hello', version: '2.10-3' }],
  ['of another name', '/no/bin/goodbye', { name: 'hello-extra', version: '9' }],
  ['for one architecture', '/no/bin/foo', { name: 'libfoo', version: '1:1.2~rc1' }],
  ['that is last in the status', '/usr/bin/vampira-test-a', { name: 'merged', version: '4' }],
  ['that lists it with /usr', '/sbin/vampira-test-b', { name: 'merged', version: '4' }],
])('A program is found in a package %s', (_, program, found) => {
  expect(new DebianPackages(system(lists, debian)).find(program)).toEqual({ ...found, vendor: 'debian' })
})

test.each(['/no/bin/hell', '/bin/hello', '/no/bin/unversioned', '/share/lib/vampira-test-c'])(
  'The program %s is in no package that is installed',
  (program) => {
    expect(new DebianPackages(system(lists, debian)).find(program)).toBeUndefined()
  },
)

test.each([
  ['ID=ubuntu', 'ubuntu'],
  ['VERSION_ID="12"\nID="raspbian"', 'raspbian'],
  ['', 'debian'],
])('The vendor is that of os-release %j', (release, vendor) => {
  const root = system(lists, { ...debian, 'etc/os-release': release })
  expect(new DebianPackages(root).find('/no/bin/hello')?.vendor).toBe(vendor)
})

test('A link is the program that it leads to', () => {
  const folder = makeFolder()
  writeFileSync(join(folder, 'tool-1.2'), '')
  symlinkSync('tool-1.2', join(folder, 'tool'))
  const root = system({ hello: [join(folder, 'tool-1.2')] }, debian)
  expect(new DebianPackages(root).find(join(folder, 'tool'))?.name).toBe('hello')
})

test('A program is looked for once', () => {
  const root = system(lists, debian)
  const packages = new DebianPackages(root)
  const found = packages.find('/no/bin/hello')
  expect(packages.find('/no/bin/none')).toBeUndefined()
  rmSync(root, { recursive: true })
  expect(packages.find('/no/bin/hello')).toBe(found)
  expect(packages.find('/no/bin/none')).toBeUndefined()
})

test('On a system without dpkg no program is in a package', () => {
  expect(new DebianPackages(makeFolder()).find('/bin/sh')).toBeUndefined()
  const root = system(lists)
  expect(new DebianPackages(root).find('/no/bin/hello')).toBeUndefined()
})
