import factory from '@rdfjs/data-model'
import type { Quad, Term } from '@rdfjs/types'
import { doubleAsWritten } from '../canonical-double.ts'
import { NAMESPACES, XSD } from '../rdf/vocabulary.ts'
import type { Answer, Row } from '../sparql/answer.ts'
import { canonicalLexical } from '../sparql/canonical-triple.ts'
import { onceEach } from '../once-each.ts'
import type { QueryEngine } from './engine.ts'

const float = `${NAMESPACES.xsd}float`
const allDigits = { dateTimeDigits: Infinity, doubleDigits: 17 }

/**
 * An engine whose answers spell a literal by its value, so that they are the same whichever server gave them: of one
 * xsd:double Fuseki makes `5.0e0`, Oxigraph `5`. Only answers that people see pass through this: what is asked
 * again of a server (in a federation) must be spelt as that server did.
 */
export function answersByValue(engine: QueryEngine): QueryEngine {
  return {
    sources: engine.sources,
    query: async (...asked) => byValue(await engine.query(...asked)),
    close: () => engine.close(),
  }
}

function byValue(answer: Answer): Answer {
  if (answer.type === 'boolean') return answer
  if (answer.type === 'quads') {
    const quads = answer.quads.map(
      ({ subject, predicate, object, graph }) =>
        factory.quad(subject as never, predicate as never, spell(object) as never, graph as never) as Quad,
    )
    return { type: 'quads', quads }
  }
  const speltOf = onceEach(spell)
  return { ...answer, rows: answer.rows.map((row) => spellRow(row, speltOf)) }
}

/** The row itself where nothing in it is spelt otherwise: a walk reads millions of them. */
function spellRow(row: Row, speltOf: (term: Term) => Term): Row {
  let spelt: Record<string, Term> | undefined
  // Without a list of pairs for each row, and without a look for what has one spelling only.
  for (const name in row) {
    const term = row[name]!
    if (!maySpellOtherwise(term)) continue
    const other = speltOf(term)
    if (other !== term) (spelt ??= { ...row })[name] = other
  }
  return spelt ?? row
}

function maySpellOtherwise(term: Term): boolean {
  return term.termType === 'Literal' && term.datatype.value !== XSD.string
}

function spell(term: Term): Term {
  if (term.termType !== 'Literal' || term.language !== '') return term
  const spelt = spellingOf(term.value, term.datatype.value)
  return spelt === term.value ? term : factory.literal(spelt, term.datatype)
}

/** The spelling of a value that people see: a number as they write it, anything else in its canonical form. */
export function spellingOf(lexical: string, type: string): string {
  const canonical = canonicalLexical(lexical, type, allDigits)
  if ((type !== XSD.double && type !== float) || !/\d/.test(canonical)) return canonical
  return doubleAsWritten(canonical)
}
