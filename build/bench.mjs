// `npm run bench -- NAME [arguments]`: one figure of bench/, compiled as the package is and run by itself.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { prepare } from './prepare.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const [name = '', ...args] = process.argv.slice(2)

await prepare()
if (!existsSync(join(root, 'bench', `${name}.ts`))) {
  const names = readdirSync(join(root, 'bench')).filter((file) => file.endsWith('.ts'))
  console.error(`Name one of ${names.map((file) => file.replace(/\.ts$/, '')).join(', ')}.`)
  process.exit(2)
}
// As deep as dist/, so that the compiled sources find the package's folder.
const compiled = join(root, '.bench')
const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
run(compiler, '-p', 'tsconfig.bench.json', '--noCheck', '--declaration', 'false', '--outDir', compiled)
run('--expose-gc', join(compiled, 'bench', `${name}.js`), ...args)

function run(...command) {
  const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
