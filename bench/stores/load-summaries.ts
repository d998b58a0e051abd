/** What questions.ts compares with: Oxigraph, and every summary of a store as one text. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Store } from 'oxigraph'

const [runs = ''] = process.argv.slice(2)
const store = new Store()
for (const id of readdirSync(runs)) {
  const text = readFileSync(join(runs, id, 'summary.nq'), 'utf8')
  store.load(text, { format: 'application/n-quads', no_transaction: true })
}
console.log(store.size)
