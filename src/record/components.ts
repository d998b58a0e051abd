import { basename } from 'node:path'
import { JournalError } from '../errors.ts'
import { textOf } from '../journal/journal-text.ts'
import type { ComponentLine, ModuleLine, SpawnLine } from '../journal/line.ts'
import type { FrameHome } from './frame.ts'
import type { JournaledProcess } from './journaled-process.ts'
import type { PackageOwners } from './package-owners.ts'
import type { RecorderFacts } from './recorder-facts.ts'
import type { CodeOrigin, ComponentKind, ComponentVersion, RunListener } from './run.ts'
import type { Language } from './languages/language.ts'
import { readModule } from './user-module.ts'
import type { UserModule } from './user-module.ts'

const kinds: Record<ComponentLine['type'], ComponentKind> = {
  function: 'Function',
  method: 'Method',
  class: 'Class',
  module: 'Module',
}

/** Component versions of a run: one for each text of the user's code that ran, and for each program. */
export class Components {
  /** In order of first use; `n` is the place, from 1. */
  readonly versions: ComponentVersion[] = []
  /** Files of the user's code by absolute path, as first loaded. */
  readonly modules = new Map<string, UserModule>()
  readonly #known = new Map<string, ComponentVersion>()
  readonly #recorder: RecorderFacts
  readonly #packages: PackageOwners
  readonly #generators: ReadonlySet<string>
  readonly #listener: RunListener
  readonly #directory: string

  constructor(recorder: RecorderFacts, packages: PackageOwners, listener: RunListener) {
    this.#recorder = recorder
    this.#packages = packages
    this.#listener = listener
    this.#generators = new Set(recorder.run.generators)
    this.#directory = textOf(recorder.run.directory)
  }

  addModule(home: JournaledProcess, line: ModuleLine): void {
    const module = readModule(line, this.#recorder.repositories, this.#directory, this.#recorder.kept)
    home.modules.set(line.id, module)
    if (!this.modules.has(module.path)) this.modules.set(module.path, module)
  }

  addComponent(home: JournaledProcess, line: ComponentLine): void {
    home.components.set(line.id, { line, version: undefined })
  }

  /** The component version that a process's component id means; emitted at its first use. */
  use(home: JournaledProcess, id: number): ComponentVersion {
    const declared = home.components.get(id)
    const module = declared === undefined ? undefined : home.modules.get(declared.line.module)
    if (declared === undefined || module === undefined) {
      throw new JournalError(`Cannot read spool ${home.spool.name}: component ${id} was never declared`, {
        place: { file: `${home.spool.name}.jsonl` },
        advice: 'An agent must write a module and a component line before a call of it.',
      })
    }
    return (declared.version ??= this.#versionOf(declared.line, module, home.language))
  }

  /** The program that a process started. */
  useProgram(line: SpawnLine): ComponentVersion {
    const [first = 'unknown'] = line.arguments
    const path = line.program === undefined ? textOf(first) : textOf(line.program)
    const known = this.#known.get(path)
    if (known !== undefined) return known
    const owner = this.#packages.ofProgram(path)
    return this.#add(path, {
      ...nothing,
      parameters: [],
      kind: 'Command',
      name: basename(path),
      package: owner,
      program: { path, sha256: this.#packages.digestOf(path) },
      generator: this.#generators.has(basename(path)),
    })
  }

  /** Position of an option of the command line among the parameters of the component that a process begins with. */
  optionOf(component: ComponentVersion, name: string): number {
    const known = component.parameters.find((parameter) => parameter.name === name)
    if (known !== undefined) return known.position
    const option = { name, position: component.parameters.length, isOption: true }
    component.parameters.push(option)
    this.#listener.option(component, option)
    return option.position
  }

  /** `file:line` of a module id and a line. */
  placeOf(
    home: Pick<FrameHome, 'modules'>,
    place: readonly [number, number] | undefined,
  ): string | undefined {
    const module = place === undefined ? undefined : home.modules.get(place[0])
    return module === undefined ? undefined : `${module.file.path}:${place?.[1]}`
  }

  #versionOf(line: ComponentLine, module: UserModule, language: Language): ComponentVersion {
    const kind = kinds[line.type]
    const name = line.name === '' ? module.name : `${module.name}.${line.name}`
    const source =
      kind === 'Module'
        ? language.moduleSource(module.text)
        : language.sliceSource(module.text, line.line, line.endLine)
    const key = JSON.stringify([kind, module.project, name, source])
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const library = module.isInProject ? undefined : this.#packages.ofModule(module.name)
    const code: CodeOrigin = {
      project: module.project,
      module: module.name,
      qualname: line.name,
      file: module.file,
      startLine: line.line,
      endLine: line.endLine,
      source,
    }
    return this.#add(key, {
      kind,
      name,
      code: library === undefined ? code : undefined,
      package: library,
      program: undefined,
      signature: line.signature,
      documentation: line.documentation,
      parameters: (line.parameters ?? []).map((parameter, position) => ({ name: parameter.name, position })),
      generator: this.#generators.has(name),
      ...(line.state === true && { readsState: true }),
    })
  }

  #add(key: string, component: Omit<ComponentVersion, 'n'>): ComponentVersion {
    const version = { n: this.versions.length + 1, ...component }
    this.versions.push(version)
    this.#known.set(key, version)
    this.#listener.component(version)
    return version
  }
}

const nothing = { code: undefined, signature: undefined, documentation: undefined }
