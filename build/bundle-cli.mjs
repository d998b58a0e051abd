import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Packages that a short command would otherwise open file by file, at half a millisecond each. Others stay outside. */
const joined = ['commander', 'packageurl-js', 'smol-toml']
/**
 * What is loaded at once in the commands that people run most, by the modules that it begins with: a module is put into
 * one file with those that the same of these need. So each loads few files, and little that it does not use.
 */
const parts = {
  run: ['cli/run.js', 'src/capture/capture-run.js'],
  keep: [
    'src/recorder/keep-journal.js',
    'src/capture/packages/find-packages.js',
    'src/capture/agents/python-distributions.js',
  ],
  list: ['cli/list.js'],
}

/**
 * Joins the CLI's modules into a few: opening a hundred and fifty files took a third of a short command's time.
 * @param {string} root folder of package.json
 * @param {string} folder the compiled `cli/`, beside `src/`; it is replaced
 */
export async function bundleCli(root, folder) {
  // Imported here: a fresh clone runs this file's importers before there are packages.
  const { rolldown } = await import('rolldown')
  const bundle = await rolldown({
    input: join(folder, 'main.js'),
    platform: 'node',
    external: (id) => /^[^./]/.test(id) && !joined.includes(id),
    preserveEntrySignatures: 'allow-extension',
    logLevel: 'warn',
  })
  const bundled = `${folder}-bundled`
  const output = {
    dir: bundled,
    format: 'esm',
    chunkFileNames: '[name]-[hash].js',
    plugins: [{ name: 'plain-builtins', renderChunk: takeBuiltins }],
  }
  const found = await bundle.generate(output)
  await bundle.write({
    ...output,
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [{ name: nameParts(found.output), debugName: 'parts' }],
    },
  })
  await bundle.close()
  const licences = joined.map((name) => `${name}\n\n${licenceOf(root, name)}`)
  writeFileSync(join(bundled, 'LICENSES'), licences.join('\n\n'))
  rmSync(folder, { recursive: true })
  renameSync(bundled, folder)
}

/** The name of the file that a module goes into; null where the bundler decides. */
function nameParts(chunks) {
  const byFile = new Map(chunks.map((chunk) => [chunk.fileName, chunk]))
  const modulesOf = (entries) => {
    const reached = new Set(entries)
    for (const { imports } of reached)
      for (const file of imports) if (byFile.has(file)) reached.add(byFile.get(file))
    return new Set([...reached].flatMap(({ moduleIds }) => moduleIds))
  }
  const beginsWith = (ends) => (chunk) => ends.some((end) => chunk.facadeModuleId?.endsWith(`/${end}`))
  const start = modulesOf(chunks.filter(beginsWith(['cli/start.js'])))
  const named = Object.entries(parts).map(([name, ends]) => [
    name,
    modulesOf(chunks.filter(beginsWith(ends))),
  ])
  const isNamed = beginsWith(['cli/start.js', ...Object.values(parts).flat()])
  const isOther = (chunk) =>
    /\/cli\/[^/]*$/.test(chunk.facadeModuleId ?? '') && !chunk.isEntry && !isNamed(chunk)
  const rest = modulesOf(chunks.filter(isOther))
  return (id) => {
    if (start.has(id)) return 'start'
    const users = named.filter(([, modules]) => modules.has(id)).map(([name]) => name)
    if (users.length === 0) return null
    // Whoever runs a program keeps its run soon after.
    if (users[0] === 'run' && users[1] === 'keep') users.splice(1, 1)
    return [...users, ...(rest.has(id) ? ['rest'] : [])].join('-')
  }
}

/**
 * Takes Node's own modules as they are. An import of one makes a module of all that it exports, and for that loads what
 * those are made of: streams for `node:fs`, web cryptography for `node:crypto`, diffs and workers for `node:util`: about
 * 5 ms of a short command. They are imported nowhere for what changes while a program runs.
 */
function takeBuiltins(code) {
  return code
    .replace(/^import \{([^}]*)\} from ("node:[^"]*");$/gm, (_, names, module) => {
      return `const {${names.replaceAll(' as ', ': ')}} = globalThis.process.getBuiltinModule(${module});`
    })
    .replace(/\b__require\(("node:[^"]*")\)/g, 'globalThis.process.getBuiltinModule($1)')
}

/** Copies carry the licence that allows them. */
function licenceOf(root, name) {
  return readFileSync(join(root, 'node_modules', name, 'LICENSE'), 'utf8').trim()
}
