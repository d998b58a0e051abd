import { resolve } from 'node:path'
import { findStoreFolder, initStore, openWorkplace, UsageError } from '../src/index.ts'
import type { CliCommand } from './command.ts'

interface InitOptions {
  base?: string
}

export const command: CliCommand<InitOptions> = {
  arguments: '[folder]',
  description:
    'Makes a store, a folder named .vampira, in this folder or the one named. Where one is already, it stays as it is.',
  examples: [
    ['vampira init', 'a store here'],
    [
      'vampira init --base https://provenance.example.org/',
      'names of pipelines, components and people begin with the lab’s own address',
    ],
  ],
  configure(command) {
    command.option('--base <iri>', 'what names of pipelines, components and people begin with', undefined)
  },
  async run(terminal, [folder], options) {
    if (folder !== undefined && options.store !== undefined) {
      throw new UsageError('The folder is named twice, by itself and by --store', {
        advice: 'Leave one out.',
      })
    }
    const directory = resolve(folder ?? options.store ?? '.')
    const before = await findStoreFolder(directory)
    const { location } = await initStore(directory, options.base === undefined ? {} : { base: options.base })
    const { base } = (await openWorkplace(directory)).settings
    const created = before !== location
    if (options.json === true) {
      await terminal.printJson({ location, base, created })
      return
    }
    const what = created ? 'Made a store in' : 'There is a store in'
    await terminal.print(`${what} ${location}; names begin with ${base}`)
  },
}
