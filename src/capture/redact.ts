import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { JournalValue } from '../journal/line.ts'
import { packageRoot } from '../package-root.ts'
import { withoutCredentials } from './project/git.ts'

/** What stands where a secret stood in text. */
export const redactedMark = '[redacted]'

/** contract/secrets.json: what a secret looks like, for the recorder and the agents alike. */
interface SecretPatterns {
  /** Regular expressions that the name of something secret matches: a parameter, a variable, an option. */
  names: string[]
  /** Regular expressions of texts that are secret whatever they are called. */
  values: string[]
}

/** Takes secrets out of what is about to be written, and counts them. */
export class Redactor {
  count = 0
  readonly #names: readonly RegExp[]
  readonly #values: readonly RegExp[]

  constructor(patterns: SecretPatterns = readPatterns()) {
    this.#names = patterns.names.map((pattern) => new RegExp(pattern, 'i'))
    this.#values = patterns.values.map((pattern) => new RegExp(pattern, 'g'))
  }

  /** Text without user and password in its URLs, and without the secrets in it. */
  text(text: string): string {
    const anonymous = text.replace(/\b[a-z][a-z0-9+.-]*:\/\/[^\s/?#@]+@[^\s]*/gi, (url) => {
      this.count++
      return withoutCredentials(url)
    })
    return this.#values.reduce((rest, pattern) => rest.replace(pattern, () => this.#mark()), anonymous)
  }

  /** A named value: nothing of it is left when its name says that it is secret. */
  named(name: string, value: string): JournalValue {
    if (this.isSecret(name)) {
      this.count++
      return { $: 'redacted' }
    }
    return this.text(value)
  }

  isSecret(name: string): boolean {
    return this.#names.some((pattern) => pattern.test(name))
  }

  /** A command line: the values of options such as --password=x and --token x, and secrets anywhere. */
  command(args: readonly string[]): string[] {
    return args.map((argument, at) => {
      const [, option, value] = /^-{0,2}([A-Za-z][\w.-]*)=([^]*)$/.exec(argument) ?? []
      if (option !== undefined && value !== '' && this.isSecret(option)) {
        return `${argument.slice(0, -(value?.length ?? 0))}${this.#mark()}`
      }
      const before = at > 0 ? /^--?([A-Za-z][\w-]*)$/.exec(args[at - 1] ?? '')?.[1] : undefined
      if (before !== undefined && !argument.startsWith('-') && this.isSecret(before)) return this.#mark()
      return this.text(argument)
    })
  }

  #mark(): string {
    this.count++
    return redactedMark
  }
}

function readPatterns(): SecretPatterns {
  return JSON.parse(readFileSync(join(packageRoot, 'contract', 'secrets.json'), 'utf8')) as SecretPatterns
}
