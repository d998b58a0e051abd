import { statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

let directory = dirname(fileURLToPath(import.meta.url))
// There is a package named package.json, and so a folder node_modules/package.json.
while (statSync(join(directory, 'package.json'), { throwIfNoEntry: false })?.isFile() !== true) {
  directory = dirname(directory)
}

/** The folder that holds queries/, shapes/, ontologies/, contract/ and agents/, from source and from dist alike. */
export const packageRoot: string = directory
