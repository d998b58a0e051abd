// Prints, as JSON, what importing a module does with files: `node list-touched-files.mjs URL`. Reads of JavaScript are
// Node's own, which loads modules so.
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

const touched = []
for (const functions of [fs, fs.promises]) {
  for (const [name, call] of Object.entries(functions)) {
    if (typeof call !== 'function' || /^[A-Z_]/.test(name)) continue
    functions[name] = function (...args) {
      const isModule = name === 'readFile' && /^file:.*\.js$/.test(args[0])
      if (!isModule) touched.push(`${name} ${args[0]}`)
      return call.apply(this, args)
    }
  }
}
syncBuiltinESMExports()
await import(process.argv[2])
process.stdout.write(JSON.stringify(touched))
