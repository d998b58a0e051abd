import { isUtf8 } from 'node:buffer'
import { keepingOf, listRunFiles, openWorkplace, readKept, StoreError, UsageError } from '../src/index.ts'
import type { Keeping, RunFile } from '../src/index.ts'
import type { CliCommand } from './command.ts'
import { printable } from './terminal/columns.ts'
import { openWithProgress } from './terminal/open-with-progress.ts'
import { formatTable } from './terminal/table.ts'
import type { Terminal } from './terminal/terminal.ts'

interface KeptFile extends RunFile {
  kept: Keeping
}

export const command: CliCommand<object> = {
  arguments: '<run> [file]',
  description:
    'Prints a file of a run as it was then: its code, what it read or what it made, of which the store keeps the ' +
    'contents. Without a file: which there are, and whether they are kept.',
  examples: [
    ['vampira cat last', 'the files of the latest run, and which of them are kept'],
    ['vampira cat last pipeline.py', 'the code as it ran'],
    ['vampira cat cooling~1 results/fit.json', 'a small result of the run before'],
  ],
  async run(terminal, [asked = '', name], options) {
    const { workplace } = await openWorkplace(options.store)
    const sources = await openWithProgress(terminal, options)
    try {
      const files = await listRunFiles(sources.engine, await sources.resolveRun(asked))
      sources.progress.done()
      const listed = files.map((file) => ({ ...file, kept: keepingOf(workplace.contents, file.sha256) }))
      if (name === undefined) return await list(terminal, listed, options.json === true)
      const file = choose(listed, name)
      const bytes = await readFile(workplace.contents, file)
      if (file.kept === 'redacted')
        terminal.note(printable(`vampira: secrets were taken out of ${file.path}; it ran with them.`))
      if (options.json === true)
        await terminal.printJson({
          ...file,
          ...(isUtf8(bytes) ? { text: bytes.toString('utf8') } : { base64: bytes.toString('base64') }),
        })
      else await terminal.write(bytes)
    } finally {
      await sources.close()
    }
  },
}

async function list(terminal: Terminal, files: readonly KeptFile[], json: boolean): Promise<void> {
  if (json) return terminal.printJson({ files })
  if (files.length === 0) return terminal.print('The run has no files whose bytes are known.')
  const columns = [
    { title: 'file', text: ({ path }: KeptFile) => path, cut: 'middle' as const },
    { title: 'is', text: ({ role }: KeptFile) => role },
    { title: 'kept', text: ({ kept }: KeptFile) => kept },
    { title: 'sha256', text: ({ sha256 }: KeptFile) => sha256.slice(0, 12) },
  ]
  return terminal.print(formatTable(terminal, columns, files))
}

/** By path, by the end of a path, or by the beginning of a digest. */
function choose(files: readonly KeptFile[], name: string): KeptFile {
  const wanted = name.replace(/^\.\//, '')
  const ways = [
    ({ path }: KeptFile) => path === wanted,
    ({ path }: KeptFile) => path.endsWith(`/${wanted}`),
    ({ sha256 }: KeptFile) => wanted.length >= 6 && sha256.startsWith(wanted),
  ]
  const found = ways.map((way) => files.filter(way)).find((each) => each.length > 0) ?? []
  const [first] = found
  if (first === undefined) {
    throw new UsageError(`The run has no file ${name} whose bytes are known`, {
      advice: 'Without a file the command lists them',
    })
  }
  if (found.some(({ sha256 }) => sha256 !== first.sha256)) {
    const several = found.map(({ path, role, sha256 }) => `${sha256.slice(0, 12)} (${path}, ${role})`)
    throw new UsageError(`${name} may be one of several: ${several.join(', ')}`, {
      advice: 'Name one by its digest',
    })
  }
  return first
}

async function readFile(contents: string, { path, sha256, kept }: KeptFile): Promise<Buffer> {
  if (kept !== 'not kept') return readKept(contents, sha256)
  throw new StoreError(`The store does not keep ${path}`, {
    advice:
      'Texts of up to 256 KiB are kept, and with --keep inputs all that was read. Its digest is ' + sha256,
  })
}
