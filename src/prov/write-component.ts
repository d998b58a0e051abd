import type { ComponentVersion, Package, Setting } from '../record/run.ts'
import type { Bundle } from './bundle.ts'
import type { ComponentTerms } from './component-terms.ts'
import { writeSource } from './write-data.ts'
import { integerLiteral, stringLiteral } from '../rdf/literals.ts'
import { packageIri, readPackage } from './names.ts'
import { KINDS } from '../rdf/vocabulary.ts'

/** The component as an idea, this version of it, its source file, its package and its formal parameters. */
export function writeComponent(bundle: Bundle, component: ComponentVersion, terms: ComponentTerms): void {
  const { sink } = bundle
  writeComponentIdea(bundle, component, terms)
  // Two functions of one name and the same text are one version.
  if (!bundle.once(terms.version)) return
  if (component.code !== undefined) writeSource(bundle, component.code.file)
  writeParameters(bundle, component, terms)
  writeReturnPort(bundle, terms)
  sink.begin(terms.version, component.generator ? KINDS.generatorVersion : KINDS.componentVersion)
  sink.add('prov:specializationOf', terms.idea)
  bundle.maybe('vam:definedIn', terms.definedIn, String)
  bundle.maybe('vam:startLine', component.code?.startLine, integerLiteral)
  bundle.maybe('vam:endLine', component.code?.endLine, integerLiteral)
  bundle.maybe('vam:signature', component.signature, stringLiteral)
  bundle.maybe('schema:description', component.documentation, stringLiteral)
  if (component.readsState === true) sink.add('vam:readsState', 'true')
  bundle.maybe('vam:package', terms.package, String)
  for (const { position } of component.parameters) {
    const token = terms.parameters[position]!
    bundle.once(`${terms.version} ${token}`)
    sink.add('provone:hasInPort', token)
  }
  bundle.maybe('provone:hasOutPort', terms.returnPort, String)
  sink.end()
  if (component.package !== undefined) writePackage(bundle, component.package)
}

/** Only the idea: its name and kind. */
export function writeComponentIdea(bundle: Bundle, component: ComponentVersion, terms: ComponentTerms): void {
  if (!bundle.once(terms.idea)) return
  const { sink } = bundle
  sink.begin(terms.idea, component.generator ? KINDS.generator : KINDS.component)
  sink.add('schema:name', terms.label)
  sink.add('vam:kind', `vam:${component.kind}`)
  sink.end()
}

/** A version without its lines and ports, for summaries. */
export function writeComponentBriefly(
  bundle: Bundle,
  component: ComponentVersion,
  terms: ComponentTerms,
): void {
  const { sink } = bundle
  writeComponentIdea(bundle, component, terms)
  if (!bundle.once(terms.version)) return
  sink.begin(terms.version, component.generator ? KINDS.generatorVersion : KINDS.componentVersion)
  sink.add('prov:specializationOf', terms.idea)
  bundle.maybe('vam:package', terms.package, String)
  sink.end()
  if (component.package !== undefined) writePackage(bundle, component.package)
}

/** The formal parameters of a component, or those at some positions. */
export function writeParameters(
  bundle: Bundle,
  component: ComponentVersion,
  terms: ComponentTerms,
  positions?: ReadonlySet<number>,
): void {
  const { sink } = bundle
  for (const { name, position, isOption } of component.parameters) {
    const token = terms.parameters[position]!
    if (positions?.has(position) === false || !bundle.once(token)) continue
    sink.begin(token, isOption === true ? KINDS.option : KINDS.parameter)
    sink.add('schema:name', stringLiteral(name))
    sink.add('vam:position', integerLiteral(position))
    sink.end()
  }
}

/** A field of the values of a parameter, as a parameter of its own. */
export function fieldToken(
  component: ComponentVersion,
  terms: ComponentTerms,
  { parameter, field }: Pick<Setting, 'parameter' | 'field'>,
): string {
  return terms.port(`${component.parameters[parameter]?.name ?? parameter}.${field}`)
}

/** An option of the command line, which is found when the component is written already. */
export function writeOption(bundle: Bundle, component: ComponentVersion, terms: ComponentTerms): void {
  const { sink } = bundle
  for (const { name, position } of component.parameters) terms.parameters[position] ??= terms.port(name)
  writeParameters(bundle, component, terms)
  const ports = terms.parameters.filter((token) => bundle.once(`${terms.version} ${token}`))
  if (ports.length === 0) return
  sink.begin(terms.version)
  for (const token of ports) sink.add('provone:hasInPort', token)
  sink.end()
}

/** The parameters that are fields of objects: parts of the parameter that takes the object. */
export function writeFields(
  bundle: Bundle,
  component: ComponentVersion,
  terms: ComponentTerms,
  settings: readonly Setting[],
): void {
  const { sink } = bundle
  for (const { parameter, field } of settings) {
    if (field === undefined) continue
    const token = fieldToken(component, terms, { parameter, field })
    const whole = terms.parameters[parameter]
    if (whole === undefined || !bundle.once(token)) continue
    sink.begin(token, KINDS.parameter)
    sink.add('schema:name', stringLiteral(`${component.parameters[parameter]?.name}.${field}`))
    sink.add('vam:position', integerLiteral(parameter))
    sink.add('dcterms:isPartOf', whole)
    sink.end()
  }
}

function writeReturnPort(bundle: Bundle, { returnPort }: ComponentTerms): void {
  if (returnPort === undefined || !bundle.once(returnPort)) return
  bundle.sink.begin(returnPort, KINDS.returnPort)
  bundle.sink.add('schema:name', '"return"')
  bundle.sink.end()
}

/** A package; given only its URL, name and version are read from that. Returns its token. */
export function writePackage(bundle: Bundle, owner: Package | string): string {
  const { purl, name, version } = typeof owner === 'string' ? { purl: owner, ...readPackage(owner) } : owner
  const token = bundle.token(packageIri(purl))
  if (bundle.once(token)) {
    bundle.sink.begin(token, KINDS.package)
    bundle.sink.add('schema:name', stringLiteral(name))
    bundle.maybe('schema:softwareVersion', version, stringLiteral)
    bundle.sink.end()
  }
  return token
}
