import type { Cell, RequirementTable } from '../src/validate/requirement-table.ts'

const levels = { mandatory: 'vam:Mandatory', optional: 'vam:Optional' } as const

/** The use-case table as RDF: what each use case needs, how much, and who says so. */
export function generateTable(table: RequirementTable): string {
  const groups = Object.entries(table.groups).map(
    ([id, name]) => `table:group-${id.toLowerCase()} a vam:UseCaseGroup ; rdfs:label ${quote(name)} .`,
  )
  const useCases = table.useCases.map(
    ({ id, name, group }) =>
      `table:${id.toLowerCase()} a vam:UseCase ; rdfs:label ${quote(`${id}: ${name}`)} ; dcterms:isPartOf table:group-${group.toLowerCase()} ;
  vam:checkedBy <https://w3id.org/vampira/shapes/${id.toLowerCase()}> .`,
  )
  const requirements = table.requirements.map(
    ({ id, name, group, satisfiedWhen }) =>
      `table:${id} a vam:Requirement ; rdfs:label ${quote(name)} ; dcterms:subject ${quote(group)} ;
  vam:satisfiedWhen ${quote(satisfiedWhen)} ;
  vam:checkedBy <https://w3id.org/vampira/shapes/${id}> .`,
  )
  const needs = table.requirements.flatMap(({ id, cells }) =>
    Object.entries(cells).map(([useCase, cell]) => generateNeed(useCase.toLowerCase(), id, cell)),
  )
  return `# ${table.note.replace(/\n/g, '\n# ')}
# Generated from contract/requirement-table.json by: npm run generate:shapes
PREFIX table:   <https://w3id.org/vampira/table#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdfs:    <http://www.w3.org/2000/01/rdf-schema#>
PREFIX vam:     <https://w3id.org/vampira#>

${[groups, useCases, requirements, needs].map((part) => part.join('\n')).join('\n\n')}
`
}

function generateNeed(useCase: string, requirement: string, { level, basis, asks }: Cell): string {
  const [name, mark] = level.split(':')
  return [
    `table:${useCase}-${requirement} a vam:Need ; vam:useCase table:${useCase} ; vam:requirement table:${requirement}`,
    mark === undefined
      ? `vam:level ${levels[name as keyof typeof levels]}`
      : `vam:level vam:OneOf ; vam:alternatives ${quote(mark)}`,
    `vam:basis ${quote(basis)}`,
    ...(asks === undefined ? [] : [`vam:checkedBy <https://w3id.org/vampira/shapes/${requirement}#${asks}>`]),
  ]
    .join(' ; ')
    .concat(' .')
}

function quote(text: string): string {
  return JSON.stringify(text)
}
