import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { packageRoot } from '../../src/package-root.ts'
import { catalogue, type CatalogueQuery } from '../../src/query/catalogue.ts'
import { isPattern, querySyntax, visitSyntax, type QuerySyntax } from '../../src/query/query-syntax.ts'
import { findParameterPlaces } from '../../src/query/parameter-places.ts'
import { splitQuery } from '../../src/query/split-query.ts'

const names = readdirSync(join(packageRoot, 'queries')).map((file) => file.replace(/\.rq$/, ''))

describe('the catalogue', () => {
  it('has a query for each of the nine use cases, and at least eighteen in all', async () => {
    const queries = await catalogue()
    const answered = new Set(queries.flatMap(({ answers }) => answers))
    expect([...answered].toSorted()).toEqual([
      'UC1',
      'UC2',
      'UC3',
      'UC4',
      'UC5',
      'UC6',
      'UC7',
      'UC8',
      'UC9',
      'everyday',
    ])
    expect(queries.length).toBeGreaterThanOrEqual(18)
  })
})

describe.each(names)('the query %s', (name) => {
  let query: CatalogueQuery
  let syntax: QuerySyntax
  beforeAll(async () => {
    syntax = await querySyntax()
    query = (await catalogue()).find((each) => each.name === name)!
  })

  it('takes the parameters that its header names, and no others', () => {
    const blocks = new Set<string>()
    visitSyntax(syntax.parse(query.sparql), (node) => {
      if (!isPattern(node) || node.subType !== 'values') return
      const [row] = node.values
      const free = node.values.length === 1 && Object.values(row ?? {}).every((term) => term === undefined)
      if (free && node.variables.length === 1) blocks.add(node.variables[0]!.value)
    })
    const named = query.parameters.map((parameter) => parameter.name).filter((each) => each !== 'limit')
    expect([...blocks].toSorted()).toEqual(named.toSorted())
    const found = findParameterPlaces(query.sparql).places.flatMap((each) =>
      'parameter' in each ? each.parameter : [],
    )
    expect(new Set(found)).toEqual(blocks)
  })

  it('has no limit that nobody asked for, with which an answer would be cut without a word', () => {
    expect(syntax.parse(query.sparql).solutionModifiers.limitOffset).toBeUndefined()
    expect(query.parameters.find((each) => each.name === 'limit')?.default).toBeUndefined()
  })

  it('returns the columns that its header names, in that order', () => {
    const tree = syntax.parse(query.sparql)
    if (tree.subType !== 'select') throw new Error(`${name} is not a SELECT`)
    const projected = tree.variables.map((each) =>
      'variable' in each ? each.variable.value : 'value' in each && each.value,
    )
    expect(projected).toEqual(query.columns.map((column) => column.name))
  })

  it('says its order', () => {
    expect(syntax.parse(query.sparql).solutionModifiers.order).toBeDefined()
  })

  it('names every graph by a variable, so that no default graph is asked and any source can answer each block', () => {
    const tree = syntax.parse(query.sparql)
    const split = splitQuery(tree)
    // What others wrote stands in the default graph, too: this one is asked whole.
    if (query.name === 'prov-hops') return expect(split).toBeUndefined()
    expect(split).toBeDefined()
    expect(split!.blocks.length).toBeGreaterThan(0)
    visitSyntax(tree, (node) => {
      if (node.subType === 'graph') expect(node['name']).toMatchObject({ subType: 'variable' })
      expect(node.subType).not.toBe('service')
    })
  })

  it('has no unbounded path, which some engines and servers answer wrongly inside of GRAPH', () => {
    visitSyntax(syntax.parse(query.sparql), (node) => {
      if (node.type === 'path') expect(['*', '+']).not.toContain(node.subType)
    })
  })

  it('computes no duration from times of day', () => {
    expect(query.sparql).not.toMatch(/-\s*\?(started|start|ended|end)\b|\b(HOURS|MINUTES|SECONDS)\(/)
  })
})
