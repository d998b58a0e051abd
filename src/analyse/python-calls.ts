import type { parser } from '@lezer/python'
import { UsageError } from '../errors.ts'

type SyntaxNode = ReturnType<typeof parser.parse>['topNode']

/** A call that a script makes, once for each place from which it is reached. */
export interface PythonCall {
  /** As the script imported it: `survey.sextractor` for `import survey as usual; usual.sextractor(…)`. */
  name: string
  /** From 1. */
  line: number
  /** Whether the script defines the function itself; then the calls of its body are among those that follow. */
  isLocal: boolean
  /** Whether it is only named, as in `map(sextractor, fields)`. */
  isReference: boolean
  /** Whether it stands in a loop or a comprehension, or is handed to another. */
  isRepeated: boolean
  /** Places in the list of the calls whose results it is given. */
  takes: readonly number[]
  /** Place of the call of a local function in whose body it is. */
  within: number | undefined
}

/** What a script calls, in the order of the calls. */
export interface PythonCalls {
  calls: readonly PythonCall[]
  /** Modules that it imports, `astropy.io` of `from astropy.io import fits` too. */
  modules: readonly string[]
}

/** Local functions that call each other are followed no deeper. */
const deepest = 20

/**
 * Reads which functions a Python script calls, without running it: bodies of its own functions are followed where they
 * are called, results through variables. Of an `if` every branch counts.
 *
 * @throws UsageError for a text that is not Python
 */
export async function readPythonCalls(file: string, text: string): Promise<PythonCalls> {
  const { parser } = await import('@lezer/python')
  const { topNode } = parser.parse(text)
  const broken = firstError(topNode)
  if (broken !== undefined) {
    throw new UsageError(`Cannot read ${file}: line ${lineAt(text, broken.from)} is no Python`, {
      advice: 'Correct it, or name the components instead.',
    })
  }
  const reader = new Reader(text)
  reader.visitBody(topNode, {
    names: new Map(),
    isRepeated: false,
    depth: 0,
    within: undefined,
    returned: new Set(),
  })
  return { calls: reader.calls, modules: [...reader.modules] }
}

/** Places of calls whose results a value is, or is made of. */
type Origins = ReadonlySet<number>

type Named =
  | { kind: 'import'; path: string }
  | { kind: 'function'; node: SyntaxNode; scope: Scope }
  | { kind: 'value'; origins: Origins }

interface Argument {
  /** Its name where it is given by name; `*` where a list is given. */
  keyword?: string
  origins: Origins
}

interface Scope {
  names: Map<string, Named>
  outer?: Scope
  isRepeated: boolean
  depth: number
  within: number | undefined
  /** Of what the function returned. */
  returned: Set<number>
}

const loops = new Set([
  'ForStatement',
  'WhileStatement',
  'ArrayComprehensionExpression',
  'SetComprehensionExpression',
  'DictionaryComprehensionExpression',
  'ComprehensionExpression',
])

class Reader {
  readonly calls: PythonCall[] = []
  readonly modules = new Set<string>()
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  visitBody(node: SyntaxNode, scope: Scope): void {
    for (const child of childrenOf(node)) this.#visit(child, scope)
  }

  #visit(node: SyntaxNode, scope: Scope): Origins {
    if (loops.has(node.name)) return this.#loop(node, scope)
    switch (node.name) {
      case 'ImportStatement':
        this.#import(node, scope)
        return none
      case 'FunctionDefinition':
      case 'LambdaExpression':
        return this.#define(node, scope)
      case 'AssignStatement':
      case 'NamedExpression':
        return this.#assign(node, scope)
      case 'WithStatement':
        return this.#with(node, scope)
      case 'ReturnStatement':
      case 'YieldStatement':
      case 'YieldExpression': {
        const origins = this.#visitAll(childrenOf(node), scope)
        for (const each of origins) scope.returned.add(each)
        return origins
      }
      case 'CallExpression':
        return this.#call(node, scope)
      case 'VariableName': {
        const named = lookUp(scope, this.#read(node))
        return named?.kind === 'value' ? named.origins : none
      }
      case 'ParamList':
      case 'TypeDef':
        return none
      default:
        return this.#visitAll(childrenOf(node), scope)
    }
  }

  #visitAll(nodes: readonly SyntaxNode[], scope: Scope): Origins {
    return union(nodes.map((node) => this.#visit(node, scope)))
  }

  /** The element of a comprehension stands before the loop that names what it uses. */
  #loop(node: SyntaxNode, scope: Scope): Origins {
    const inner = node.name.endsWith('Expression')
      ? { ...scope, names: new Map<string, Named>(), outer: scope, isRepeated: true }
      : { ...scope, isRepeated: true }
    const children = childrenOf(node)
    const targets: SyntaxNode[] = []
    const rest: SyntaxNode[] = []
    let isTarget = false
    for (const child of children) {
      if (child.name === 'for') isTarget = true
      else if (child.name === 'in' && isTarget) isTarget = false
      else if (isTarget) targets.push(child)
      else rest.push(child)
      if (child.prevSibling?.name !== 'in' || targets.length === 0) continue
      // What is gone through is looked at once.
      const origins = this.#visit(child, { ...inner, isRepeated: scope.isRepeated })
      for (const target of targets.splice(0)) this.#bind(target, origins, inner)
      rest.pop()
    }
    return this.#visitAll(rest, inner)
  }

  #import(node: SyntaxNode, scope: Scope): void {
    const words = childrenOf(node).map((child) => this.#read(child))
    const at = words.indexOf('import')
    const from = words[0] === 'from' ? words.slice(1, at).join('') : undefined
    for (const part of splitAt(words.slice(at + 1), ',')) {
      const as = part.indexOf('as')
      const path = (as < 0 ? part : part.slice(0, as)).join('')
      if (path === '' || path === '(' || path === ')' || path === '*') continue
      const name = as < 0 ? path : part[as + 1]!
      if (from === undefined) {
        this.modules.add(path)
        const root = path.replace(/\..*/, '')
        scope.names.set(as < 0 ? root : name, { kind: 'import', path: as < 0 ? root : path })
      } else {
        const module = from.replace(/^\.+/, '')
        if (module !== '') this.modules.add(module)
        scope.names.set(name, { kind: 'import', path: module === '' ? path : `${module}.${path}` })
      }
    }
  }

  #define(node: SyntaxNode, scope: Scope): Origins {
    if (node.name === 'LambdaExpression') return this.#visitAll(childrenOf(node), scope)
    const name = childrenOf(node).find((child) => child.name === 'VariableName')
    if (name !== undefined) scope.names.set(this.#read(name), { kind: 'function', node, scope })
    return none
  }

  #assign(node: SyntaxNode, scope: Scope): Origins {
    const children = childrenOf(node)
    const last = children.findLastIndex(({ name }) => name === 'AssignOp' || name === 'UpdateOp')
    const origins = this.#visitAll(children.slice(last + 1), scope)
    for (const target of children.slice(0, Math.max(0, last))) this.#bind(target, origins, scope)
    return origins
  }

  #bind(target: SyntaxNode, origins: Origins, scope: Scope): void {
    if (target.name === 'VariableName') scope.names.set(this.#read(target), { kind: 'value', origins })
    else if (target.name.endsWith('Expression') && target.name !== 'MemberExpression')
      for (const child of childrenOf(target)) this.#bind(child, origins, scope)
  }

  #with(node: SyntaxNode, scope: Scope): Origins {
    let origins: Origins = none
    for (const child of childrenOf(node)) {
      if (child.prevSibling?.name === 'as') this.#bind(child, origins, scope)
      else origins = this.#visit(child, scope)
    }
    return none
  }

  #call(node: SyntaxNode, scope: Scope): Origins {
    const [callee, list] = childrenOf(node)
    if (callee === undefined) return none
    const given: Argument[] = []
    const references: string[] = []
    for (const argument of list === undefined ? [] : childrenOf(list)) {
      if (isPunctuation(argument) || argument.nextSibling?.name === 'AssignOp') continue
      const before = argument.prevSibling
      const isNamed = before?.name === 'AssignOp'
      const isSpread = before?.name.startsWith('*') === true
      const keyword = isNamed ? this.#read(before.prevSibling!) : isSpread ? '*' : undefined
      const path = this.#pathOf(argument, scope)
      if (path !== undefined) references.push(path)
      const origins = path === undefined ? this.#visit(argument, scope) : none
      given.push({ ...(keyword !== undefined && { keyword }), origins })
    }
    const takes = union(given.map(({ origins }) => origins))
    for (const name of references)
      this.#add(name, node, { ...scope, isRepeated: true }, takes, { isReference: true })
    const name = this.#pathOf(callee, scope)
    // A method of what a call returned, or a function that Python has itself.
    if (name === undefined) return union([takes, this.#visit(callee, scope)])
    const named = lookUp(scope, name)
    if (named?.kind !== 'function') return new Set([this.#add(name, node, scope, takes)])
    const at = this.#add(name, node, scope, takes, { isLocal: true })
    return this.#follow(named, at, given, scope)
  }

  /** Calls of the body of a function of the script. */
  #follow(
    called: Named & { kind: 'function' },
    at: number,
    given: readonly Argument[],
    scope: Scope,
  ): Origins {
    if (scope.depth >= deepest) return new Set([at])
    const inner: Scope = {
      names: new Map(),
      outer: called.scope,
      isRepeated: scope.isRepeated,
      depth: scope.depth + 1,
      within: at,
      returned: new Set(),
    }
    for (const child of childrenOf(called.node)) {
      if (child.name === 'ParamList') {
        const positional = given.filter(({ keyword }) => keyword === undefined)
        const spread = union(given.filter(({ keyword }) => keyword === '*').map(({ origins }) => origins))
        for (const parameter of childrenOf(child)) {
          if (parameter.name !== 'VariableName' || parameter.prevSibling?.name === 'AssignOp') continue
          const name = this.#read(parameter)
          const own = given.find(({ keyword }) => keyword === name) ?? positional.shift()
          inner.names.set(name, { kind: 'value', origins: own?.origins ?? spread })
        }
      } else if (child.name === 'Body') this.visitBody(child, inner)
    }
    return inner.returned.size > 0 ? inner.returned : new Set([at])
  }

  #add(
    name: string,
    node: SyntaxNode,
    scope: Scope,
    takes: Origins,
    { isLocal = false, isReference = false } = {},
  ): number {
    this.calls.push({
      name,
      line: lineAt(this.#text, node.from),
      isLocal,
      isReference,
      isRepeated: scope.isRepeated,
      takes: [...takes],
      within: scope.within,
    })
    return this.calls.length - 1
  }

  /** Of what was imported or defined, its dotted name. */
  #pathOf(node: SyntaxNode, scope: Scope): string | undefined {
    if (node.name === 'VariableName') {
      const name = this.#read(node)
      const named = lookUp(scope, name)
      if (named?.kind === 'import') return named.path
      return named?.kind === 'function' ? name : undefined
    }
    if (node.name !== 'MemberExpression') return undefined
    const [object, dot, property] = childrenOf(node)
    if (object === undefined || dot?.name !== '.' || property === undefined) return undefined
    const path = this.#pathOf(object, scope)
    return path === undefined ? undefined : `${path}.${this.#read(property)}`
  }

  #read(node: SyntaxNode): string {
    return this.#text.slice(node.from, node.to)
  }
}

const none: Origins = new Set()

function union(all: readonly Origins[]): Origins {
  return new Set(all.flatMap((each) => [...each]))
}

function lookUp(scope: Scope | undefined, name: string): Named | undefined {
  return scope && (scope.names.get(name) ?? lookUp(scope.outer, name))
}

function isPunctuation({ name }: SyntaxNode): boolean {
  return /^[(),*=]+$/.test(name) || name === 'AssignOp'
}

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = []
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child)
  return children
}

function splitAt(words: readonly string[], separator: string): string[][] {
  const parts: string[][] = [[]]
  for (const word of words) {
    if (word === separator) parts.push([])
    else if (word !== '(' && word !== ')') parts.at(-1)!.push(word)
  }
  return parts
}

function firstError(node: SyntaxNode): SyntaxNode | undefined {
  if (node.type.isError) return node
  for (const child of childrenOf(node)) {
    const found = firstError(child)
    if (found !== undefined) return found
  }
  return undefined
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}
