export type QueryForm = 'SELECT' | 'ASK' | 'CONSTRUCT' | 'DESCRIBE'

const prologue = /(?:\s+|#[^\n]*|BASE\s*<[^>]*>|PREFIX\s+[^\s:]*:\s*<[^>]*>)*/iy

/** Which form of answer a query asks for, read behind its prologue; undefined where none is recognised. */
export function queryForm(sparql: string): QueryForm | undefined {
  const form = /^(SELECT|ASK|CONSTRUCT|DESCRIBE)$/.exec(firstWord(sparql))
  return form?.[1] as QueryForm | undefined
}

/** Whether a text begins as SPARQL's updates do. */
export function isUpdate(sparql: string): boolean {
  return /^(INSERT|DELETE|WITH|LOAD|CLEAR|CREATE|DROP|ADD|MOVE|COPY)$/.test(firstWord(sparql))
}

/** In capital letters. */
function firstWord(sparql: string): string {
  prologue.lastIndex = 0
  const start = prologue.test(sparql) ? prologue.lastIndex : 0
  return (/^[a-z]+\b/i.exec(sparql.slice(start, start + 12))?.[0] ?? '').toUpperCase()
}
