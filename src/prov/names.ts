import { createHash } from 'node:crypto'
import { PackageURL } from 'packageurl-js'
import { canonicalJson, type Json } from '../canonical-json.ts'
import { digestIri } from '../rdf/digest-iri.ts'
import type { ComponentVersion, Environment, Operator, PipelineVersion } from '../record/run.ts'

/*
 * Every IRI of a record. None depends on the time or on a memory address. Things that many runs share are named by their
 * content (RFC 6920 `ni:` names) or by a public scheme (package URLs), things of one run by their number in the run, and
 * things that people name have names under the base.
 */

/** The name of some bytes, given their SHA-256 in hexadecimal. */
export function contentIri(sha256: string): string {
  return digestIri(Buffer.from(sha256, 'hex'))
}

/** The name of something that a JSON document describes completely: equal descriptions are one node. */
export function describedIri(description: Json): string {
  return digestIri(createHash('sha256').update(canonicalJson(description)).digest())
}

/** Percent-encodes all but A-Z a-z 0-9 . _ ~ and -. */
export function encodeName(name: string): string {
  return encodeURIComponent(name.replace(/\p{Surrogate}/gu, '\ufffd')).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** `{base}{kind}:{name}`, with `/` in place of the `:` where the base is a web address. Without a name, the beginning of all names of the kind. */
export function underBase(base: string, kind: string, name = ''): string {
  return `${base}${kind}${/^https?:/i.test(base) ? '/' : ':'}${name}`
}

export function pipelineIri(base: string, name: string): string {
  return underBase(base, 'pipeline', encodeName(name))
}

export function pipelineVersionIri(pipeline: PipelineVersion): string {
  const sources: Record<string, string> = {}
  for (const source of pipeline.sources) sources[source.path] = source.sha256
  return describedIri({ name: pipeline.name, entry: pipeline.entry, sources })
}

export function environmentIri(environment: Environment): string {
  const { os, machine, cpuModel, cpuCount, memoryBytes, interpreter, container } = environment
  const packages = environment.packages.map((each) => each.purl).sort()
  return describedIri({ os, machine, cpuModel, cpuCount, memoryBytes, interpreter, container, packages })
}

export function agentIri(base: string, operator: Operator): string {
  if (operator.iri !== undefined) return encodeIri(operator.iri)
  return underBase(base, 'agent', `${encodeName(operator.login)}.${encodeName(operator.hostHash)}`)
}

/** A quality metric: an IRI as it is, any other word under the base. */
export function metricIri(base: string, metric: string): string {
  return isIri(metric) ? encodeIri(metric) : underBase(base, 'metric', encodeName(metric))
}

/** Where the names of a module's own components, or of their parameters, begin. */
export function moduleNamespace(
  base: string,
  kind: 'component' | 'parameter',
  code: { project: string; module: string },
): string {
  return underBase(base, kind, `${encodeName(code.project)}/${encodeName(code.module)}.`)
}

/** The component in general, which stays the same when its code is edited or upgraded. */
export function componentIri(base: string, component: ComponentVersion): string {
  const { code, package: owner, name } = component
  if (code !== undefined) {
    const module = moduleNamespace(base, 'component', code)
    return code.qualname === '' ? module.slice(0, -1) : module + encodeName(code.qualname)
  }
  if (owner !== undefined) return packagedIri(withoutVersion(owner.purl), component)
  return underBase(base, 'program', encodeName(name))
}

/**
 * A component at one version of its source. A program that no package owns is named by its bytes; undefined where
 * even these are unknown, so that the version is one of this run alone.
 */
export function componentVersionIri(component: ComponentVersion): string | undefined {
  const { code, package: owner, program, kind } = component
  if (code !== undefined) {
    const name = code.qualname === '' ? code.module : `${code.module}.${code.qualname}`
    return describedIri({ kind: kind.toLowerCase(), name, source: code.source })
  }
  if (owner !== undefined) return packagedIri(owner.purl, component)
  return program?.sha256 === undefined ? undefined : contentIri(program.sha256)
}

/** A formal parameter, or `return`. */
export function parameterIri(base: string, component: ComponentVersion, parameter: string): string {
  const { code, name } = component
  if (code === undefined) {
    return underBase(base, 'parameter', `${encodeName(name)}.${encodeName(parameter)}`)
  }
  const module = moduleNamespace(base, 'parameter', code)
  return `${module}${code.qualname === '' ? '' : `${encodeName(code.qualname)}.`}${encodeName(parameter)}`
}

/** A component inside a package: the package's URL, with the program's path or the function's as its subpath. */
function packagedIri(purl: string, component: ComponentVersion): string {
  const subpath = component.program?.path ?? component.name.replaceAll('.', '/')
  return packageIri(
    `${purl.split('#', 1)[0]}#${subpath.split('/').filter(Boolean).map(encodeName).join('/')}`,
  )
}

function withoutVersion(purl: string): string {
  try {
    const { type, namespace, name } = PackageURL.fromString(purl)
    return new PackageURL(type, namespace, name, undefined, undefined, undefined).toString()
  } catch {
    return purl.replace(/@[^@/?#]*(?=[?#]|$)/, '')
  }
}

/** A package URL in its canonical spelling; one that is malformed is kept as it is. */
export function packageIri(purl: string): string {
  try {
    return encodeIri(PackageURL.fromString(purl).toString())
  } catch {
    return encodeIri(purl)
  }
}

/** Name and version that a package URL carries. */
export function readPackage(purl: string): { name: string; version: string | undefined } {
  try {
    const { name, version } = PackageURL.fromString(purl)
    return { name: name ?? purl, version: version ?? undefined }
  } catch {
    return { name: purl, version: undefined }
  }
}

/**
 * A repository's address as an IRI, without credentials: `git@host:path` becomes
 * `ssh://git@host/path`, and a folder becomes a `file:` IRI.
 */
export function repositoryIri(origin: string): string {
  const scp = /^(?:([\w.-]+)@)?([\w.-]+):(?!\/\/)(?!\d+\/)(.+)$/.exec(origin)
  if (scp !== null && !/^[A-Za-z]:[\\/]/.test(origin)) {
    const [, user, host, path = ''] = scp
    return encodeIri(`ssh://${user === undefined ? '' : `${user}@`}${host}/${path.replace(/^\/+/, '')}`)
  }
  if (!isIri(origin)) return encodeIri(`file://${origin.startsWith('/') ? '' : '/'}${origin}`)
  return encodeIri(
    origin.replace(/^(https?:\/\/)[^/@]*@/i, '$1').replace(/^(\w+:\/\/[^/:@]+):[^/@]*@/, '$1@'),
  )
}

export function isIri(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9+.-]*:[^\s]/.test(text)
}

/** Percent-encodes what RFC 3987 does not allow in an IRI at all. */
export function encodeIri(iri: string): string {
  return iri.replace(/[\u0000-\u0020<>"{}|\\^`\u007f]|\p{Surrogate}/gu, (char) =>
    /\p{Surrogate}/u.test(char) ? '%EF%BF%BD' : encodeURIComponent(char),
  )
}
