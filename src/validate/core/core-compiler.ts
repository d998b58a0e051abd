import type { Quad, Term } from '@rdfjs/types'
import type { Store } from 'n3'
import type { TripleTable } from '../../rdf/triple-table.ts'
import { RecordSteps } from '../record-steps.ts'
import { SH } from '../shacl-terms.ts'
import type { Severity } from '../shape-result.ts'
import { conforms, type Constraint, type CoreShape } from './core-shape.ts'
import { PathWalker, readList, readPath } from './path.ts'
import { findRecordConstraint } from './record-constraints.ts'
import { valueTests } from './value-test.ts'

/** Terms of a shape that ask nothing by themselves. */
const silent = new Set(
  `path targetClass targetNode targetObjectsOf targetSubjectsOf severity message name description order group
  defaultValue deactivated qualifiedMinCount qualifiedMaxCount`.split(/\s+/),
)

const severities = new Set(['Violation', 'Warning', 'Info'])

/** Marks a shape that is not understood, from wherever that is seen. */
class NotUnderstood extends Error {}

/**
 * Makes shapes ready for one table. It knows the part of SHACL Core that our own shapes use; a shape that says anything
 * else, itself or in one that it leads to, is left to the SHACL engine as a whole.
 */
export class CoreCompiler {
  readonly walker: PathWalker
  readonly #shapes: Store
  readonly #table: TripleTable
  readonly #compiled = new Map<string, CoreShape | 'open'>()

  constructor(shapes: Store, table: TripleTable) {
    this.#shapes = shapes
    this.#table = table
    this.walker = new PathWalker(table)
  }

  /** A shape with a target; undefined where not all of it is understood. */
  compile(shape: Term): CoreShape | undefined {
    try {
      const compiled = this.#compile(shape)
      refuseSpeechless(compiled)
      return compiled
    } catch (error) {
      if (error instanceof NotUnderstood) return undefined
      throw error
    }
  }

  #compile(node: Term): CoreShape {
    const key = `${node.termType} ${node.value}`
    const known = this.#compiled.get(key)
    // One that leads to itself has no end that is seen here.
    if (known === 'open') throw new NotUnderstood()
    if (known !== undefined) return known
    this.#compiled.set(key, 'open')
    const { severity = 'Violation', message, path, deactivated } = this.#facts(node)
    const shape: CoreShape = { node, severity: severity as Severity, message, path, constraints: [] }
    const names = new Set<string>()
    for (const { predicate } of this.#shapes.getQuads(node, null, null, null))
      if (predicate.value.startsWith(SH) && deactivated !== 'true')
        names.add(predicate.value.slice(SH.length))
    for (const name of names) shape.constraints.push(...this.#constraints(shape, name))
    this.#compiled.set(key, shape)
    return shape
  }

  #facts(node: Term) {
    const [severity, deactivated, path] = ['severity', 'deactivated', 'path'].map((name) => {
      const values = this.#values(node, name)
      if (values.length > 1) throw new NotUnderstood()
      return values[0]
    })
    const level = severity?.value.slice(SH.length)
    const read = path && readPath(this.#shapes, path, this.#table)
    const messages = this.#values(node, 'message').map(({ value }) => value)
    if (
      (level !== undefined && !severities.has(level)) ||
      (path !== undefined && read === undefined) ||
      !['true', 'false', undefined].includes(deactivated?.value)
    )
      throw new NotUnderstood()
    const message = messages.length === 0 ? undefined : messages.join(' ')
    return { severity: level, message, path: read, deactivated: deactivated?.value }
  }

  #constraints(shape: CoreShape, name: string): Constraint[] {
    const values = this.#values(shape.node, name)
    const test = valueTests[name]
    if (test !== undefined) {
      const tests = test.read(this.#shapes, values, this.#table)
      if (tests === undefined) throw new NotUnderstood()
      return tests.map((isMet) => ({ of: 'value', component: test.component, isMet }))
    }
    if (silent.has(name)) return []
    switch (name) {
      case 'minCount':
        return [this.#count(shape, 'MinCount', (count, limit) => count >= limit, values)]
      case 'maxCount':
        return [this.#count(shape, 'MaxCount', (count, limit) => count <= limit, values)]
      case 'qualifiedValueShape':
        return this.#qualified(shape, only(values))
      case 'hasValue':
        return [this.#hasValue(shape, only(values))]
      case 'property':
        return [{ of: 'property', shapes: values.map((each) => this.#compile(each)) }]
      case 'node':
        return values.map((each) => this.#has('NodeConstraintComponent', [this.#compile(each)]))
      case 'or':
        return [this.#has('OrConstraintComponent', this.#list(only(values)))]
      case 'not': {
        const inner = this.#compile(only(values))
        const isMet = (value: number): boolean => !conforms(inner, value, this.walker)
        return [{ of: 'value', component: 'NotConstraintComponent', isMet }]
      }
      case 'sparql':
        return [this.#record(shape, only(values))]
      default:
        throw new NotUnderstood()
    }
  }

  /** One of these shapes is enough. */
  #has(component: string, shapes: readonly CoreShape[]): Constraint {
    const isMet = (value: number): boolean => shapes.some((each) => conforms(each, value, this.walker))
    return { of: 'value', component, isMet }
  }

  #list(list: Term): CoreShape[] {
    const members = readList(this.#shapes, list)
    if (members === undefined) throw new NotUnderstood()
    return members.map((each) => this.#compile(each))
  }

  #count(
    shape: CoreShape,
    name: string,
    isWithin: (count: number, limit: number) => boolean,
    limits: readonly Term[],
  ): Constraint {
    const limit = readCount(shape, only(limits))
    return {
      of: 'values',
      component: `${name}ConstraintComponent`,
      isCount: true,
      isMet: ({ length }) => isWithin(length, limit),
    }
  }

  #qualified(shape: CoreShape, valueShape: Term): Constraint[] {
    const inner = this.#compile(valueShape)
    const having = (values: readonly number[]): number => {
      let count = 0
      for (const value of values) if (conforms(inner, value, this.walker)) count++
      return count
    }
    return ['qualifiedMaxCount', 'qualifiedMinCount'].flatMap((name): Constraint[] => {
      const limits = this.#values(shape.node, name)
      if (limits.length === 0) return []
      const limit = readCount(shape, only(limits))
      return [
        {
          of: 'values',
          component: `${name[0]!.toUpperCase()}${name.slice(1)}ConstraintComponent`,
          isCount: true,
          isMet: (values) =>
            name === 'qualifiedMinCount' ? having(values) >= limit : having(values) <= limit,
        },
      ]
    })
  }

  #hasValue(shape: CoreShape, wanted: Term): Constraint {
    if (shape.path === undefined) throw new NotUnderstood()
    const number = this.#table.terms.numberOf(wanted) ?? -1
    return {
      of: 'values',
      component: 'HasValueConstraintComponent',
      isCount: false,
      isMet: (values) => values.includes(number),
    }
  }

  #record({ path }: CoreShape, constraint: Term): Constraint {
    const find = path === undefined ? findRecordConstraint(this.#shapes, constraint) : undefined
    if (find === undefined) throw new NotUnderstood()
    const messages = this.#values(constraint, 'message').map(({ value }) => value)
    // Of what the query binds, a walk tells the name alone.
    if (messages.some((each) => /\{[$?]/.test(each.replaceAll('{?name}', '')))) throw new NotUnderstood()
    const say = (name = '{?name}'): string | undefined =>
      messages.length === 0 ? undefined : messages.join(' ').replaceAll('{?name}', name)
    const steps = new RecordSteps(this.#table)
    return {
      of: 'record',
      component: 'SPARQLConstraintComponent',
      *find(focus) {
        for (const { value, name } of find(steps, focus)) yield { value, said: say(name) }
      },
    }
  }

  #values(node: Term, name: string): Term[] {
    return this.#shapes.getObjects(node as Quad['subject'], `${SH}${name}`, null)
  }
}

function only([value, ...others]: readonly Term[]): Term {
  if (value === undefined || others.length > 0) throw new NotUnderstood()
  return value
}

function readCount(shape: CoreShape, limit: Term): number {
  const count = Number(limit.value)
  if (shape.path === undefined || !Number.isInteger(count)) throw new NotUnderstood()
  return count
}

/** What reports must say it in words of its own: those of the engine are the engine's to choose. */
function refuseSpeechless({ message, constraints }: CoreShape): void {
  for (const constraint of constraints) {
    if (constraint.of === 'property') constraint.shapes.forEach(refuseSpeechless)
    else if (message === undefined || /\{[$?]/.test(message)) throw new NotUnderstood()
  }
}
