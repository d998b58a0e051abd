import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  agentIri,
  componentIri,
  componentVersionIri,
  contentIri,
  describedIri,
  encodeIri,
  encodeName,
  environmentIri,
  isIri,
  metricIri,
  packageIri,
  parameterIri,
  pipelineIri,
  pipelineVersionIri,
  readPackage,
  repositoryIri,
  underBase,
} from '../../src/prov/names.ts'
import { clip, code, component, run } from './example-run.ts'

const http = 'https://example.org/lab/'
const program = (sha256: string | undefined) =>
  component(1, { name: 'tool', kind: 'Command', program: { path: '/opt/tool', sha256 } })
const packaged = component(1, {
  name: 'source-extractor',
  kind: 'Command',
  package: { purl: 'pkg:deb/debian/source-extractor@2.25.0', name: 'source-extractor', version: '2.25.0' },
  program: { path: '/usr/bin/source-extractor', sha256: undefined },
})

describe('names', () => {
  test('bytes are named by their SHA-256 as RFC 6920 has it', () => {
    // RFC 6920, section 8.1, "Hello World!".
    const sha256 = createHash('sha256').update('Hello World!').digest('hex')
    expect(contentIri(sha256)).toBe('ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk')
  })

  test.each([
    [
      'urn:vampira:',
      'urn:vampira:component:survey/swep.clip',
      'urn:vampira:parameter:survey/swep.clip.value',
    ],
    [http, `${http}component/survey/swep.clip`, `${http}parameter/survey/swep.clip.value`],
  ])('under %s a component and its parameter are paths of words', (base, idea, parameter) => {
    expect(componentIri(base, clip)).toBe(idea)
    expect(parameterIri(base, clip, 'value')).toBe(parameter)
  })

  test('everything but letters, digits and . _ ~ - is percent-encoded', () => {
    const odd = component(1, { name: 'x', code: { ...code("f.<locals>.<lambda>(*é')"), project: 'a/b' } })
    expect(componentIri('urn:vampira:', odd)).toBe(
      'urn:vampira:component:a%2Fb/swep.f.%3Clocals%3E.%3Clambda%3E%28%2A%C3%A9%27%29',
    )
    expect(pipelineIri(http, 'night run #1')).toBe(`${http}pipeline/night%20run%20%231`)
  })

  test('a module is named without a trailing dot', () => {
    expect(componentIri('urn:vampira:', component(1, { name: 'swep', code: code('') }))).toBe(
      'urn:vampira:component:survey/swep',
    )
  })

  test('a version changes with its source, and with nothing else', () => {
    const moved = { ...clip, n: 9, code: { ...clip.code!, startLine: 99, project: 'elsewhere' } }
    const edited = { ...clip, code: { ...clip.code!, source: 'def clip(value): return 0' } }
    expect(componentVersionIri(moved)).toBe(componentVersionIri(clip))
    expect(componentVersionIri(edited)).not.toBe(componentVersionIri(clip))
    expect(componentVersionIri(clip)).toMatch(/^ni:\/\/\/sha-256;[\w-]{43}$/)
  })

  test('a program is named by its package, else by its bytes, else only in its run', () => {
    expect(componentIri(http, packaged)).toBe('pkg:deb/debian/source-extractor#usr/bin/source-extractor')
    expect(componentVersionIri(packaged)).toBe(
      'pkg:deb/debian/source-extractor@2.25.0#usr/bin/source-extractor',
    )
    expect(componentIri(http, program(undefined))).toBe(`${http}program/tool`)
    expect(componentVersionIri(program('a'.repeat(64)))).toBe(contentIri('a'.repeat(64)))
    expect(componentVersionIri(program(undefined))).toBeUndefined()
  })

  test('equal environments are one node, whatever the order of their packages', () => {
    const { environment } = run
    const turned = { ...environment, packages: environment.packages.toReversed() }
    expect(environmentIri(turned)).toBe(environmentIri(environment))
    expect(environmentIri({ ...environment, cpuCount: 3 })).not.toBe(environmentIri(environment))
    expect(describedIri({ b: 1, a: 2 })).toBe(describedIri({ a: 2, b: 1 }))
  })

  test('a pipeline version depends on its sources and not on the commit', () => {
    const { pipeline } = run
    expect(pipelineVersionIri({ ...pipeline, commit: 'other', uncommittedChanges: true })).toBe(
      pipelineVersionIri(pipeline),
    )
    expect(pipelineVersionIri({ ...pipeline, sources: [] })).not.toBe(pipelineVersionIri(pipeline))
  })

  test.each([
    ['https://example.org/survey.git', 'https://example.org/survey.git'],
    ['https://me:secret@example.org/survey.git', 'https://example.org/survey.git'],
    ['ssh://git:secret@example.org/survey.git', 'ssh://git@example.org/survey.git'],
    ['git@example.org:group/survey.git', 'ssh://git@example.org/group/survey.git'],
    ['/srv/git/my survey.git', 'file:///srv/git/my%20survey.git'],
    ['../survey.git', 'file:///../survey.git'],
    ['example.org:/group/survey.git', 'ssh://example.org/group/survey.git'],
    ['example.org://group/survey.git', 'example.org://group/survey.git'],
    ['example.org:2222/survey.git', 'example.org:2222/survey.git'],
    ['my-host.lab:survey', 'ssh://my-host.lab/survey'],
    ['C:\\git\\survey', 'C:%5Cgit%5Csurvey'],
    ['D:/git/survey', 'D:/git/survey'],
    ['HTTPS://me@example.org/survey.git', 'HTTPS://example.org/survey.git'],
    ['https://example.org/@me/survey.git', 'https://example.org/@me/survey.git'],
    ['ssh://git@example.org:22/a:b@c', 'ssh://git@example.org:22/a:b@c'],
  ])('the repository %s is %s, without a secret', (origin, iri) => expect(repositoryIri(origin)).toBe(iri))

  test.each([
    ['urn:vampira:', 'urn:vampira:agent:x'],
    ['http://example.org/', 'http://example.org/agent/x'],
    ['HTTPS://example.org/', 'HTTPS://example.org/agent/x'],
    ['urn:http://', 'urn:http://agent:x'],
  ])('under %s names begin with their kind', (base, iri) => expect(underBase(base, 'agent', 'x')).toBe(iri))

  test.each([
    ['a.b_c~d-e', 'a.b_c~d-e'],
    ["!'()*", '%21%27%28%29%2A'],
    ['a/b c', 'a%2Fb%20c'],
    ['🧛', '%F0%9F%A7%9B'],
    ['half \ud83e', 'half%20%EF%BF%BD'],
  ])('the name %j is %s', (name, text) => expect(encodeName(name)).toBe(text))

  test.each([
    ['urn:a b', 'urn:a%20b'],
    ['urn:<>"{}|\\^`', 'urn:%3C%3E%22%7B%7D%7C%5C%5E%60'],
    ['urn:\u0000\u001f\u007f!', 'urn:%00%1F%7F!'],
    ['urn:%20é🧛', 'urn:%20é🧛'],
    ['urn:\udd1b', 'urn:%EF%BF%BD'],
  ])('the IRI %j is %s', (iri, text) => expect(encodeIri(iri)).toBe(text))

  test.each([
    ['urn:a', true],
    ['h+t-t.p1:x', true],
    ['C:\\x', true],
    ['urn:', false],
    ['urn: a', false],
    [':a', false],
    ['1a:b', false],
    ['no scheme', false],
    ['not an urn:a', false],
  ])('%j is an IRI: %s', (text, yes) => expect(isIri(text)).toBe(yes))

  test('a function of a package is named inside the package, without a version for the idea', () => {
    const fft = (purl: string) =>
      component(1, { name: 'astropy.convolution.fft', package: { purl, name: 'astropy', version: '5.2.1' } })
    const [idea, version] = ['pkg:pypi/astropy', 'pkg:pypi/astropy@5.2.1']
    expect(componentIri(http, fft('pkg:pypi/astropy@5.2.1'))).toBe(`${idea}#astropy/convolution/fft`)
    expect(componentVersionIri(fft('pkg:pypi/astropy@5.2.1#src'))).toBe(`${version}#astropy/convolution/fft`)
    expect(componentIri(http, fft('pkg:@scope/astropy@5.2.1'))).toBe(
      'pkg:@scope/astropy#astropy/convolution/fft',
    )
    expect(componentIri(http, fft('astropy@5.2.1?os=linux'))).toBe('astropy?os=linux#astropy/convolution/fft')
  })

  test('a parameter of a program or of a module is named without a function', () => {
    expect(parameterIri('urn:vampira:', packaged, 'a b')).toBe('urn:vampira:parameter:source-extractor.a%20b')
    expect(parameterIri('urn:vampira:', component(1, { name: 'swep', code: code('') }), 'argv')).toBe(
      'urn:vampira:parameter:survey/swep.argv',
    )
  })

  test.each([
    ['pkg:pypi/astropy@5.2.1', { name: 'astropy', version: '5.2.1' }],
    ['pkg:pypi/astropy', { name: 'astropy', version: undefined }],
    ['astropy 5', { name: 'astropy 5', version: undefined }],
  ])('the package %s has name and version', (purl, found) => expect(readPackage(purl)).toEqual(found))

  test('people and metrics keep IRIs of their own', () => {
    const orcid = 'https://orcid.org/0000-0002-1825-0097'
    expect(agentIri(http, { login: 'x', hostHash: 'y', iri: orcid })).toBe(orcid)
    expect(agentIri('urn:vampira:', run.operator)).toBe('urn:vampira:agent:operator.3f21c0')
    expect(metricIri(http, 'signal to noise')).toBe(`${http}metric/signal%20to%20noise`)
    expect(metricIri(http, 'https://example.org/m')).toBe('https://example.org/m')
  })

  test('a malformed package URL is kept, as an IRI at least', () => {
    expect(packageIri('pkg:pypi/Foo_Bar@1 0')).toMatch(/^pkg:pypi\/foo-bar@1%200$/)
    expect(packageIri('not a purl')).toBe('not%20a%20purl')
  })
})
