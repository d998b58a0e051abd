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

/** `name = "value"`, `name: str = 'value'`, `"name": "value"`: what stands before the value, the name, the value. */
const quotedValue =
  /(?<![\w.-])(([\w.-]{1,80})["']?(?:[ \t]*:[ \t]*[\w.[\]|, ]{1,60}?(?=[ \t]*=))?[ \t]*[:=][ \t]*(["']))((?:\\.|(?!\3)[^\\\n]){0,4096})\3/g

/** `name = value` and `name: value` on a line of their own. */
const plainValue = /^([ \t]*(?:export[ \t]+)?([\w.-]{1,80})[ \t]*[:=][ \t]*)([^\s"'[{#&*|>][^\n]*)$/gm

/** Endings of files of settings. */
const settingsFiles = new Set(['.ini', '.cfg', '.conf', '.env', '.properties', '.toml', '.yaml', '.yml'])

/** Takes secrets out of what is about to be written, and counts them. */
export class Redactor {
  count = 0
  readonly #names: readonly RegExp[]
  readonly #values: readonly SecretText[]

  constructor(patterns: SecretPatterns = readPatterns()) {
    this.#names = patterns.names.map((pattern) => new RegExp(pattern, 'i'))
    this.#values = patterns.values.map((pattern) => ({
      pattern: new RegExp(pattern, 'g'),
      // Patterns of addresses try every letter of a text as a beginning.
      words: /:\\?\/\\?\//.test(pattern) ? ['://'] : beginningsOf(pattern),
    }))
  }

  /** Text without user and password in its URLs, and without the secrets in it. */
  text(text: string): string {
    const likely = this.#likelyIn(text)
    if (!text.includes('://')) return this.#hidden(text, likely)
    const anonymous = text.replace(/\b[a-z][a-z0-9+.-]*:\/\/[^\s/?#@]+@[^\s]*/gi, (url) => {
      this.count++
      return withoutCredentials(url)
    })
    return this.#hidden(anonymous, likely)
  }

  /** The patterns that may find something in a text. To look for their words first takes half of the time. */
  #likelyIn(text: string): RegExp[] {
    const likely: RegExp[] = []
    for (const { pattern, words } of this.#values) {
      if (words === undefined || words.some((word) => text.includes(word))) likely.push(pattern)
    }
    return likely
  }

  #hidden(text: string, patterns: readonly RegExp[]): string {
    return patterns.reduce((rest, pattern) => rest.replace(pattern, () => this.#mark()), text)
  }

  /**
   * The text of a file: as `text`, and without the quoted values of what is named as a secret. In files of settings,
   * where values need no quotes, without these.
   * @param extension of the file's name, with its dot
   */
  document(text: string, extension: string): string {
    const hide = (whole: string, before: string, name: string, value: string) =>
      value !== '' && this.isSecret(name)
        ? before + this.#mark() + whole.slice(before.length + value.length)
        : whole
    // Line by line: some patterns take long for long texts.
    const lines = text
      .split('\n')
      .map((line) => this.text(line))
      .join('\n')
    const quoted = lines.replace(quotedValue, (whole, before, name, _quote, value) =>
      hide(whole, before, name, value),
    )
    if (!settingsFiles.has(extension.toLowerCase())) return quoted
    return quoted.replace(plainValue, (whole, before, name, value) => hide(whole, before, name, value))
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

/** A text that is secret. */
interface SecretText {
  pattern: RegExp
  /** Whatever the pattern matches has one of these in it; undefined where that is not known. */
  words: readonly string[] | undefined
}

/** What every match of a pattern begins with, one of several; undefined where that is not plain to see. */
export function beginningsOf(pattern: string): string[] | undefined {
  const [, choices, rest = pattern] = /^\(([\w-]+(?:\|[\w-]+)*)\)(?![?*{])(.*)$/s.exec(pattern) ?? []
  if (rest.includes('|')) return undefined
  if (choices !== undefined) return choices.split('|')
  // A letter that may be missing or stand more often does not count.
  const beginning = /^[\w -]+(?![\w -])(?![?*{])|^[\w -]+(?=[\w -][?*{])/.exec(pattern)?.[0]
  return beginning === undefined ? undefined : [beginning]
}

function readPatterns(): SecretPatterns {
  return JSON.parse(readFileSync(join(packageRoot, 'contract', 'secrets.json'), 'utf8')) as SecretPatterns
}
