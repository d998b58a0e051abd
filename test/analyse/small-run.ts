/** A run in a few lines, for tests that are about the flow of data and nothing else. */
export interface SmallRun {
  /** The last digits of its UUID; a later run has a higher one and starts an hour later. */
  id: number
  calls: readonly SmallCall[]
  /** Scalars have a literal and no identity. */
  values?: Readonly<Record<number, string>>
  files: Readonly<Record<number, SmallFile>>
  /** Version of its pipeline. */
  version?: string
  command?: readonly string[]
  /** Names its environment. */
  machine?: string
}

export interface SmallCall {
  n: number
  name: string
  by?: number
  args?: readonly number[]
  defaults?: readonly number[]
  returns?: number
  /** A new value, and the argument that it was before. */
  changes?: readonly [number, number]
  received?: readonly number[]
  reads?: readonly number[]
  program?: boolean
  group?: boolean
  /** Seconds after the run; it starts n seconds after it. */
  ends?: number
}

export interface SmallFile {
  /** Equal for equal bytes. */
  content: string
  path?: string
  /** Bytes. */
  size?: number
  /** The call that wrote it, or the run where nobody saw which; absent for a source. */
  by?: number | 'run'
  /** Calls that may have written it, as it changed meanwhile. */
  maybeBy?: readonly number[]
  gone?: boolean
  /** Among the program's temporary files. */
  scratch?: boolean
}

export function runIri(id: number): string {
  return `urn:uuid:019343c2-8a10-7c3e-9d55-${String(id).padStart(12, '0')}`
}

export function contentIri(content: string): string {
  return `ni:///sha-256;${content}`
}

/** Both graphs of the run, as MODEL's record and summary have them. */
export function writeSmallRun({
  id,
  calls,
  values = {},
  files,
  version,
  command,
  machine,
}: SmallRun): string {
  const run = runIri(id)
  const at = (seconds: number) =>
    `"2026-11-23T${String(10 + id).padStart(2, '0')}:00:${String(seconds).padStart(2, '0')}.5Z"^^xsd:dateTime`
  const node = (call: SmallCall | undefined, n: number) =>
    `run:${call?.group === true ? 'calls' : 'call'}-${n}`
  const call = (n: number) =>
    node(
      calls.find((each) => each.n === n),
      n,
    )
  const maker = (file: SmallFile) =>
    file.by === 'run' ? `<${run}>` : file.by === undefined ? undefined : call(file.by)

  const record: string[] = [`<${run}> a vam:PipelineRun ; vam:workingDirectory "/work" .`]
  const made = new Map<number, string>()
  for (const each of calls) {
    const self = call(each.n)
    record.push(
      `${self} a ${each.group === true ? 'vam:CallGroup' : 'vam:Call'} ; rdfs:label "${each.name}" ; provone:wasPartOf <${run}> ; prov:startedAtTime ${at(each.n)} .`,
    )
    if (each.ends !== undefined) record.push(`${self} prov:endedAtTime ${at(each.ends)} .`)
    if (each.by !== undefined) record.push(`${self} vam:calledBy ${call(each.by)} .`)
    if (each.program === true) record.push(`${self} vam:commandLine "[\\"${each.name}\\"]"^^rdf:JSON .`)
    for (const value of each.received ?? []) record.push(`${self} vam:received run:value-${value} .`)
    for (const file of each.reads ?? []) record.push(`${self} prov:used run:file-${file} .`)
    for (const [position, value] of (each.args ?? []).entries()) {
      record.push(`${self} prov:used run:value-${value} .`)
      if (each.group === true) continue
      const usage = `${self}-in-${position}`
      record.push(
        `${self} prov:qualifiedUsage ${usage} . ${usage} a prov:Usage ; prov:entity run:value-${value} .`,
      )
      if (each.defaults?.includes(value) === true) record.push(`${usage} vam:isDefault true .`)
    }
    if (each.returns !== undefined) made.set(each.returns, self)
    if (each.changes !== undefined) {
      made.set(each.changes[0], self)
      record.push(`run:value-${each.changes[0]} prov:wasRevisionOf run:value-${each.changes[1]} .`)
    }
  }
  const used = calls.flatMap((each) => [...(each.args ?? []), ...(each.received ?? [])])
  for (const value of new Set([...used, ...made.keys()])) {
    record.push(`run:value-${value} a vam:Value ; vam:valueType "object" .`)
    if (values[value] !== undefined) record.push(`run:value-${value} prov:value ${values[value]} .`)
  }
  for (const [value, by] of made) record.push(`run:value-${value} prov:wasGeneratedBy ${by} .`)

  const summary: string[] = [
    `run:summary a vam:Summary .`,
    `<${run}> a vam:PipelineRun ; prov:startedAtTime ${at(0)} ; prov:endedAtTime ${at(59)} ; vam:status vam:Completed ; vam:pipeline <urn:vampira:pipeline:small> .`,
    `<urn:vampira:pipeline:small> schema:name "small" .`,
  ]
  if (version !== undefined) summary.push(`<${run}> vam:pipelineVersion <${contentIri(version)}> .`)
  if (command !== undefined)
    summary.push(`<${run}> vam:commandLine ${JSON.stringify(JSON.stringify(command))}^^rdf:JSON .`)
  if (machine !== undefined) summary.push(`<${run}> vam:environment <urn:vampira:environment:${machine}> .`)
  const names = [...new Set(calls.map(({ name }) => name))]
  for (const [index, name] of names.entries()) {
    summary.push(
      `run:component-${index} a vam:ComponentSummary ; rdfs:label "${name}" ; vam:component <urn:vampira:component:small/${encodeURIComponent(name)}> ; provone:wasPartOf <${run}> ; vam:callCount ${calls.filter((each) => each.name === name).length} ; vam:firstStart ${index} .`,
    )
  }
  const component = (n: number) =>
    `run:component-${names.indexOf(calls.find((each) => each.n === n)?.name ?? '')}`
  for (const [n, file] of Object.entries(files)) {
    const { content, path = content, size } = file
    if (size !== undefined) summary.push(`<${contentIri(content)}> vam:sizeBytes ${size} .`)
    record.push(
      `run:file-${n} a vam:FileVersion ; vam:path "${path}" ; prov:atLocation run:path-${n} ; prov:specializationOf <${contentIri(content)}> . run:path-${n} schema:url <file:///data/${path}> .`,
    )
    const by = maker(file)
    if (by !== undefined) record.push(`run:file-${n} prov:wasGeneratedBy ${by} .`)
    for (const writer of file.maybeBy ?? [])
      record.push(`run:file-${n} vam:possiblyGeneratedBy ${call(writer)} .`)
    if (file.gone === true) record.push(`run:file-${n} prov:wasInvalidatedBy <${run}> .`)
    const mark = file.scratch === true ? ` ; vam:isScratch true` : ''
    if (mark !== '') record.push(`run:path-${n} vam:isScratch true .`)
    const place = `run:path-${n} schema:url <file:///data/${path}>${mark} .`
    if (file.by !== undefined) {
      const activity = file.by === 'run' ? `<${run}>` : component(file.by)
      summary.push(
        `<${contentIri(content)}> prov:wasGeneratedBy ${activity} ; prov:qualifiedGeneration run:out-${n} . run:out-${n} prov:activity ${activity} ; prov:atLocation run:path-${n} . ${place}`,
      )
    }
    for (const reader of calls.filter(({ reads }) => reads?.includes(Number(n)) === true)) {
      const usage = `run:in-${n}-${reader.n}`
      summary.push(
        `${component(reader.n)} prov:used <${contentIri(content)}> ; prov:qualifiedUsage ${usage} . ${usage} prov:entity <${contentIri(content)}> ; prov:atLocation run:path-${n} . ${place}`,
      )
    }
  }
  return `${prefixes}PREFIX run: <${run}#>\nGRAPH run:record {\n${record.join('\n')}\n}\nGRAPH run:summary {\n${summary.join('\n')}\n}\n`
}

const prefixes = `PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX provone: <http://purl.dataone.org/provone/2015/01/15/ontology#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <http://schema.org/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX vam: <https://w3id.org/vampira#>
`
