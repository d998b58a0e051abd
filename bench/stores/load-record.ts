/** Loads one record into Oxigraph, and does no more: the peer of bench/large-records.ts. */
import { readFileSync } from 'node:fs'
import { Store } from 'oxigraph'

const store = new Store()
store.load(readFileSync(process.argv[2]!, 'utf8'), { format: 'application/trig', no_transaction: true })
console.log(store.size)
