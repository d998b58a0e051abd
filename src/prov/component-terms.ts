import type { ComponentVersion } from '../record/run.ts'
import { stringLiteral } from '../rdf/literals.ts'
import {
  componentIri,
  componentVersionIri,
  contentIri,
  moduleNamespace,
  packageIri,
  parameterIri,
} from './names.ts'
import type { Prefixes } from '../rdf/prefixes.ts'

/** Tokens that every call of a component needs, made once. */
export interface ComponentTerms {
  idea: string
  version: string
  /** Display name, as a literal. */
  label: string
  /** By position. */
  parameters: string[]
  /** A parameter by its name. */
  port(name: string): string
  /** Where its results come out. Programs and modules have none. */
  returnPort: string | undefined
  definedIn: string | undefined
  package: string | undefined
}

/** Names a component; its module gets two prefixes of its own, as in `swep:clip` and `swep-par:clip.value`. */
export function componentTerms(
  component: ComponentVersion,
  prefixes: Prefixes,
  base: string,
): ComponentTerms {
  const { code, parameters, kind } = component
  if (code !== undefined) {
    const short = code.module.slice(code.module.lastIndexOf('.') + 1)
    prefixes.declare(short, moduleNamespace(base, 'component', code))
    prefixes.declare(`${short}-par`, moduleNamespace(base, 'parameter', code))
  }
  const inModule = (of: 'component' | 'parameter', iri: string) =>
    code === undefined ? prefixes.token(iri) : prefixes.tokenIn(moduleNamespace(base, of, code), iri)
  const port = (name: string) => inModule('parameter', parameterIri(base, component, name))
  const idea = componentIri(base, component)
  const version = componentVersionIri(component)
  const ports: string[] = []
  for (const { name, position } of parameters) ports[position] = port(name)
  return {
    idea: code?.qualname === '' ? `<${idea}>` : inModule('component', idea),
    version: version === undefined ? `run:program-${component.n}` : prefixes.token(version),
    label: stringLiteral(component.name),
    parameters: ports,
    port,
    returnPort: kind === 'Command' || kind === 'Module' ? undefined : port('return'),
    definedIn: code && `<${contentIri(code.file.sha256)}>`,
    package: component.package && prefixes.token(packageIri(component.package.purl)),
  }
}
