/** What validate.ts compares with: n3 reads a record, and keeps nothing of it. */
import { createReadStream, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { StreamParser } from 'n3'

const [runs = ''] = process.argv.slice(2)
const [id = ''] = readdirSync(runs)
let triples = 0
const text = createReadStream(join(runs, id, 'record.trig'), 'utf8')
for await (const _ of text.pipe(new StreamParser({ format: 'TriG' }))) triples++
console.log(triples)
