import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { packageRoot } from '../../src/package-root.ts'
import { parameterOf } from '../../src/query/bind.ts'
import { catalogue, type CatalogueQuery } from '../../src/query/catalogue.ts'
import { patternLists, querySyntax, visitSyntax, type QuerySyntax } from '../../src/query/query-syntax.ts'
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
    const tree = syntax.parse(query.sparql)
    const blocks = new Set(
      patternLists(tree).flatMap((patterns) => patterns.flatMap((each) => parameterOf(each) ?? [])),
    )
    if (tree.solutionModifiers.limitOffset?.limit !== undefined) blocks.add('limit')
    expect([...blocks].toSorted()).toEqual(query.parameters.map((parameter) => parameter.name).toSorted())
  })

  it('gives its limit as its default', () => {
    const limit = syntax.parse(query.sparql).solutionModifiers.limitOffset?.limit
    const parameter = query.parameters.find((each) => each.name === 'limit')
    expect(parameter?.default).toBe(limit === undefined ? undefined : String(limit))
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
