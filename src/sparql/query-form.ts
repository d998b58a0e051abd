export type QueryForm = 'SELECT' | 'ASK' | 'CONSTRUCT' | 'DESCRIBE'

const prologue = /(?:\s+|#[^\n]*|BASE\s*<[^>]*>|PREFIX\s+[^\s:]*:\s*<[^>]*>)*/iy

/** Which form of answer a query asks for, read behind its prologue; undefined where none is recognised. */
export function queryForm(sparql: string): QueryForm | undefined {
  prologue.lastIndex = 0
  const start = prologue.test(sparql) ? prologue.lastIndex : 0
  const form = /^(SELECT|ASK|CONSTRUCT|DESCRIBE)\b/i.exec(sparql.slice(start, start + 10))
  return form?.[1]?.toUpperCase() as QueryForm | undefined
}
