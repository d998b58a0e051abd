import type { Cell, RequirementTable, UseCase } from '../src/validate/requirement-table.ts'

/** Texts of shapes/requirements/*.ttl by requirement. */
export type RequirementTexts = Readonly<Record<string, string>>

const token =
  /"""[^]*?"""|"(?:\\.|[^"\\\n])*"|<[^<>\s]*>|#[^\n]*|(?<=^|[\s,([]):[A-Za-z][\w-]*|sh:Violation/gm

/**
 * One use case as a shapes file that any SHACL engine can run: copies of the requirement shapes it needs, with IRIs of
 * their own (one IRI cannot have two severities) and the severity of its column. Of requirements marked alike with
 * `one-of`, one shape asks for either.
 */
export function generateUseCase(table: RequirementTable, useCase: UseCase, texts: RequirementTexts): string {
  const sections: string[] = []
  const alternatives = new Map<string, string[]>()
  for (const { id, name, cells } of table.requirements) {
    const cell = cells[useCase.id]
    const text = texts[id]
    if (cell === undefined || text === undefined) continue
    const [, mark] = cell.level.split(':')
    if (mark !== undefined) alternatives.set(mark, [...(alternatives.get(mark) ?? []), id])
    sections.push(`# ${name}: ${cell.level} (${cell.basis})\n\n${copyRequirement(id, text, cell)}`)
  }
  if (
    table.requirements.every(
      ({ id, cells }) => id !== oneRun.requirement || cells[useCase.id]?.level !== 'mandatory',
    )
  )
    sections.push(`# A graph of no run, or of several, answers nothing\n\n${copyOneRun(texts)}`)
  for (const [mark, ids] of alternatives) {
    const names = ids.map((id) => table.requirements.find((each) => each.id === id)?.name.toLowerCase())
    sections.push(`:one-of-${mark} a sh:NodeShape ;
  sh:targetClass vam:PipelineRun ;
  sh:or ( ${ids.map((id) => `:${id}`).join(' ')} ) ;
  sh:name "${names.join(' or ')}" ;
  sh:message "Record at least one of these in full: ${names.join(', ')}." ;
  sh:severity sh:Violation .`)
  }
  const [head = ''] = Object.values(texts).map((text) => text.slice(0, text.indexOf('\n\n')))
  const iri = `https://w3id.org/vampira/shapes/${useCase.id.toLowerCase()}`
  return `# ${useCase.id}: ${useCase.name}.
# Generated from shapes/requirements and contract/requirement-table.json by: npm run generate:shapes

${head.replace(/^PREFIX : .*$/m, `PREFIX :        <${iri}#>`)}

<${iri}> rdfs:label "${useCase.id}: ${useCase.name}" ; dcterms:requires ${sections
    .flatMap((section) => /^(:\S+) a sh:NodeShape/m.exec(section)?.[1] ?? [])
    .join(', ')} .

${sections.join('\n\n')}
`
}

/** The shapes that ask for exactly one run: every use case does, also those that need nothing else of the run itself. */
const oneRun = { requirement: 'pipeline-runs', shapes: ['exactly-one', 'one'] }

function copyOneRun(texts: RequirementTexts): string {
  const blocks = (texts[oneRun.requirement] ?? '').split('\n\n')
  const asked = blocks.filter((block) =>
    oneRun.shapes.some((name) => new RegExp(`^:${name} a `, 'm').test(block)),
  )
  return rename(oneRun.requirement, asked.join('\n\n'), 'sh:Violation')
}

/** The blocks of a requirement file under names of the use case's, `:plan` → `:components-plan`. */
function copyRequirement(id: string, text: string, cell: Cell): string {
  const severity = cell.level === 'optional' ? 'sh:Warning' : 'sh:Violation'
  const blocks = chooseAsked(text.trim().split('\n\n').slice(1), cell.asks)
  const copy = rename(id, blocks.join('\n\n'), severity)
  if (!cell.level.startsWith('one-of')) return copy
  const branch = copy.replace(/^ {2}sh:targetClass vam:PipelineRun ;\n/m, '')
  // A shape within sh:or ignores its own target, and would count what only informs as a failure.
  if (/sh:target|sh:Info/.test(branch))
    throw new Error(`The shape of ${id} cannot be one branch of an alternative`)
  return branch
}

function rename(id: string, text: string, severity: string): string {
  return text.replace(token, (found) => {
    if (found === `<https://w3id.org/vampira/shapes/${id}>`) return `:${id}`
    if (found === 'sh:Violation') return severity
    return found.startsWith(':') ? `:${id}-${found.slice(1)}` : found
  })
}

/** Keeps of shapes that replace one another the one that is asked. */
function chooseAsked(blocks: readonly string[], asks: string | undefined): string[] {
  const name = (block: string): string | undefined => /^:(\S+) a /m.exec(block)?.[1]
  const isSpare = (block: string): boolean => block.includes('sh:deactivated true')
  if (asks === undefined) return blocks.filter((block) => !isSpare(block))
  const [root = ''] = blocks
  const usual = /sh:property :(\S+) \./.exec(root)?.[1]
  return blocks
    .filter((block) => name(block) !== usual && (!isSpare(block) || name(block) === asks))
    .map((block) =>
      block
        .replace(`sh:property :${usual} .`, `sh:property :${asks} .`)
        .replace('  sh:deactivated true ;\n', ''),
    )
}
