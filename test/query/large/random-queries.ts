/** The same ones each time: by a linear congruential generator (Numerical Recipes, section 7.1). */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/**
 * Queries of few variables, so that their parts share them, well designed or not. They ask for graphs by name, for the
 * union, or for both.
 */
export function* randomQueries(count: number): Generator<string> {
  const random = randomNumbers(20261129)
  const oneOf = <T>(list: readonly T[]): T => list[random(list.length)]!
  const variables = ['?a', '?b', '?c', '?d']
  const nodes = [':a', ':b', ':c', ':d', ':f', ':nowhere']
  const node = () => (random(4) === 0 ? oneOf(nodes) : oneOf(variables))
  const verb = () => oneOf([':p', ':p', ':q', ':q', ':r', ':s', '?b', 'a', ':p|:r', '^:p', ':p/:q'])
  const object = () => (random(6) === 0 ? oneOf(['"one"', '1', '"two"']) : node())
  const triples = () =>
    Array.from({ length: 1 + random(2) }, () => `${node()} ${verb()} ${object()}`).join(' . ')

  const group = (depth: number): string => {
    const parts = [triples()]
    for (let n = depth > 0 ? random(3) : 0; n > 0; n--) {
      parts.push(
        oneOf([
          () => `OPTIONAL { ${group(depth - 1)} }`,
          () => `MINUS { ${group(depth - 1)} }`,
          () => `{ ${group(depth - 1)} } UNION { ${group(depth - 1)} }`,
          () => `FILTER NOT EXISTS { ${group(depth - 1)} }`,
          () => `FILTER EXISTS { ${triples()} }`,
          () => `VALUES ${oneOf(variables)} { ${oneOf(nodes)} ${oneOf(nodes)} }`,
          () => `{ SELECT DISTINCT ${oneOf(variables)} WHERE { ${group(depth - 1)} } }`,
          () => triples(),
        ])(),
      )
    }
    if (random(3) === 0) parts.reverse()
    return parts.join(' . ').replaceAll(/\} \. |(?<=\.) \. /g, (text) => text.replace('. ', ''))
  }
  for (let n = 0; n < count; n++) {
    const where = oneOf([
      () => `GRAPH ?g { ${group(2)} }`,
      () => group(2),
      () => `GRAPH ?g { ${group(1)} } GRAPH ?h { ${group(1)} }`,
      () => `GRAPH ?g { ${group(1)} } OPTIONAL { GRAPH ?g { ${group(1)} } }`,
    ])()
    yield `SELECT DISTINCT * WHERE { ${where} }`
  }
}
