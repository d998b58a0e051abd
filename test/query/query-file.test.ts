import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { QueryError, UsageError } from '../../src/errors.ts'
import { readQueryFile } from '../../src/query/query-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'vampira-query-'))
afterAll(() => rmSync(folder, { recursive: true }))

function read(text: string) {
  const file = join(folder, 'mine.rq')
  writeFileSync(file, text)
  return readQueryFile(file)
}

test('A file without a header is a question that takes nothing, with or without a byte order mark', async () => {
  for (const mark of ['', '\ufeff']) {
    expect(await read(`${mark}ASK { ?s ?p ?o }`)).toMatchObject({
      name: join(folder, 'mine.rq'),
      sparql: 'ASK { ?s ?p ?o }',
      answers: [],
      parameters: [],
    })
  }
})

test('A header says what a file takes, with or without a byte order mark', async () => {
  const text =
    '#+ summary: x\n#+ answers: everyday\n#+ params:\n#+   run iri: a run\n#+ returns:\n#+   s: it\n'
  for (const mark of ['', '\ufeff']) {
    const query = await read(
      `${mark}${text}#+ reads: records\nSELECT ?s { VALUES ?run { UNDEF } ?s ?p ?run }`,
    )
    expect(query).toMatchObject({ summary: 'x', reads: 'records', parameters: [{ name: 'run' }] })
  }
})

test('A header that cannot be understood, and a file that is not there, are errors that name it', async () => {
  await expect(read('#+ nonsense\nASK {}')).rejects.toThrow(QueryError)
  await expect(readQueryFile(join(folder, 'none.rq'))).rejects.toThrow(UsageError)
  await expect(readQueryFile(join(folder, 'none.rq'))).rejects.toThrow('none.rq: there is no such file')
})
