import { describe, expect, it } from 'vitest'
import { querySyntax, visitSyntax, type SyntaxNode } from '../../src/query/query-syntax.ts'

const syntax = await querySyntax()
const flat = (text: string) => text.replace(/\s+/g, ' ').trim()
const tree = syntax.parse(
  'SELECT ?s { GRAPH ?g { ?s ?p ?o OPTIONAL { ?o ?q ?r } } { SELECT ?s { VALUES ?s { 1 } } } }',
)

function subTypes(visit: (node: SyntaxNode) => boolean | void = () => {}): string[] {
  const seen: string[] = []
  visitSyntax(tree, (node) => {
    if (node.type === 'pattern') seen.push(node.subType ?? '')
    return visit(node)
  })
  return seen
}

describe('the syntax of a query', () => {
  it('is parsed and written', () => {
    expect(flat(syntax.write(syntax.parse('ask{?s ?p <urn:o>}')))).toBe('ASK WHERE { ?s ?p <urn:o> . }')
  })

  it('is loaded once', () => {
    expect(querySyntax()).toBe(querySyntax())
  })

  it('is visited node by node, parents before what is in them', () => {
    expect(subTypes()).toEqual(['group', 'graph', 'bgp', 'optional', 'bgp', 'group', 'group', 'values'])
  })

  it('is not visited below a node where the visitor returns false, but beside it', () => {
    expect(subTypes((node) => node.subType !== 'graph')).toEqual([
      'group',
      'graph',
      'group',
      'group',
      'values',
    ])
  })

  it('is visited without the places in the text', () => {
    const types: string[] = []
    visitSyntax(
      { type: 'a', loc: { type: 'b' }, other: [{ type: 'c' }, null, 1] },
      ({ type }) => void types.push(type),
    )
    expect(types).toEqual(['a', 'c'])
  })
})
