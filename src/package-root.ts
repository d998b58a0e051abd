import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

let directory = dirname(fileURLToPath(import.meta.url))
while (!existsSync(join(directory, 'package.json'))) directory = dirname(directory)

/** The folder that holds queries/, shapes/, ontologies/, contract/ and agents/, from source and from dist alike. */
export const packageRoot: string = directory
