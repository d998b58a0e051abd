type Check = (value: unknown) => boolean

const isString: Check = (value) => typeof value === 'string'
const isBoolean: Check = (value) => typeof value === 'boolean'
const isInteger: Check = (value) => Number.isInteger(value)
const isCount: Check = (value) => Number.isInteger(value) && (value as number) >= 0
const isId: Check = (value) => Number.isInteger(value) && (value as number) >= 1
const isBigNanoseconds: Check = (value) => typeof value === 'string' && /^-?[0-9]+$/.test(value)
const isSha256: Check = (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
const isUuid7: Check = (value) =>
  typeof value === 'string' &&
  /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(value)
const isObject: Check = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)
const isText: Check = (value) => typeof value === 'string' || isBytes(value)
const isVersion: Check = (value) => value === 1

const oneOf =
  (...values: string[]): Check =>
  (value) =>
    typeof value === 'string' && values.includes(value)

const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check)

const pairOf =
  (first: Check, second: Check): Check =>
  (value) =>
    Array.isArray(value) && value.length === 2 && first(value[0]) && second(value[1])

const mapOf =
  (check: Check): Check =>
  (value) =>
    isObject(value) && Object.values(value as object).every(check)

/** A JSON object with these fields (`name?` is optional) and no other. */
function shaped(fields: Record<string, Check>): Check {
  const { required, checks } = readFields(fields)
  return (value) => {
    if (typeof value !== 'object' || value === null) return false
    const found = value as Record<string, unknown>
    for (const name of required) if (found[name] === undefined) return false
    for (const name in found) if (!(checks.get(name)?.(found[name]) ?? false)) return false
    return true
  }
}

function readFields(fields: Record<string, Check>) {
  const required: string[] = []
  const checks = new Map<string, Check>()
  for (const [name, check] of Object.entries(fields)) {
    if (name.endsWith('?')) checks.set(name.slice(0, -1), check)
    else {
      required.push(name)
      checks.set(name, check)
    }
  }
  return { required, checks }
}

const isBytes = shaped({ $: oneOf('bytes'), v: isString })
const isNumberText = shaped({ $: isString, v: isString })
const isLongText = shaped({ $: isString, v: isString, 'length?': isCount, 'id?': isId })
const isNamedObject = shaped({
  $: isString,
  type: isString,
  'id?': isId,
  'v?': () => true,
  'length?': isCount,
  'bytes?': isCount,
  'shape?': listOf(isCount),
  'elementType?': isString,
  'columns?': listOf(isString),
  'digest?': isString,
})
const isBare = shaped({ $: isString })

const isValue: Check = (value) => {
  if (typeof value !== 'object') return value !== undefined
  if (value === null) return true
  switch ((value as { $?: unknown }).$) {
    case 'integer':
    case 'double':
      return isNumberText(value)
    case 'text':
    case 'bytes':
      return isLongText(value)
    case 'object':
      return isNamedObject(value)
    case 'redacted':
    case 'unseen':
      return isBare(value)
    default:
      return false
  }
}

const isStat = shaped({
  size: isCount,
  modified: isBigNanoseconds,
  'inode?': isCount,
  'sha256?': isSha256,
})
const isTouched = shaped({
  path: isText,
  op: oneOf('read', 'write', 'remove'),
  'stat?': isStat,
  'old?': isStat,
  'seen?': oneOf('argument', 'redirection', 'change'),
})
const isNameAndVersion = shaped({ name: isString, version: isString })
const isPlaceInCode = pairOf(isId, isId)
const isChanged = listOf(pairOf(isCount, isValue))
const cost = { 'cpu?': isCount, 'peak?': isCount }
const traffic = { ...cost, 'readBytes?': isCount, 'writtenBytes?': isCount }

const kinds: Record<string, Record<string, Check>> = {
  process: {
    version: isVersion,
    spool: isString,
    pid: isCount,
    parentPid: isCount,
    'parent?': shaped({ spool: isString, 'spawn?': isId, 'call?': isId }),
    wall: isBigNanoseconds,
    monotonic: isBigNanoseconds,
    agent: isNameAndVersion,
    interpreter: isNameAndVersion,
    executable: isText,
    arguments: listOf(isText),
    directory: isText,
    'host?': isString,
  },
  module: { id: isId, at: isCount, name: isString, file: isText, source: isText },
  library: { at: isCount, name: isString, 'file?': isText, 'version?': isString },
  component: {
    id: isId,
    module: isId,
    name: isString,
    type: oneOf('function', 'method', 'class', 'module'),
    line: isId,
    endLine: isId,
    'signature?': isString,
    'parameters?': listOf(
      shaped({
        name: isString,
        'form?': oneOf('positional-only', 'var-positional', 'keyword-only', 'var-keyword'),
        'default?': isString,
      }),
    ),
    'documentation?': isString,
    'async?': isBoolean,
    'generator?': isBoolean,
  },
  start: {
    id: isId,
    component: isId,
    at: isCount,
    'caller?': isId,
    'from?': isPlaceInCode,
    'thread?': isId,
    'task?': isId,
    'arguments?': listOf(isValue),
    'defaults?': listOf(isCount),
  },
  return: { call: isId, at: isCount, 'value?': isValue, ...cost, 'changed?': isChanged },
  raise: {
    call: isId,
    at: isCount,
    type: isString,
    'message?': isString,
    'raisedAt?': isPlaceInCode,
    ...cost,
    'changed?': isChanged,
  },
  suspend: { call: isId, at: isCount, 'value?': isValue },
  resume: { call: isId, at: isCount, 'value?': isValue },
  count: {
    component: isId,
    'caller?': isId,
    at: isCount,
    'since?': isCount,
    calls: isCount,
    'failures?': isCount,
    'samples?': listOf(shaped({ nanoseconds: isCount, 'arguments?': listOf(isValue) })),
  },
  file: {
    at: isCount,
    'call?': isId,
    op: oneOf('read', 'write', 'update', 'rename', 'remove', 'final'),
    path: isText,
    'to?': isText,
    'stat?': isStat,
    'old?': isStat,
  },
  spawn: {
    id: isId,
    at: isCount,
    'call?': isId,
    arguments: listOf(isText),
    'shell?': isBoolean,
    'program?': isText,
    'directory?': isText,
    'pid?': isId,
    'input?': isText,
    'output?': isText,
    'error?': isText,
  },
  wait: {
    spawn: isId,
    at: isCount,
    'status?': isInteger,
    'signal?': isInteger,
    ...cost,
    'files?': listOf(isTouched),
  },
  memory: { at: isCount, resident: isCount },
  note: {
    at: isCount,
    'call?': isId,
    'path?': isText,
    type: oneOf('metadata', 'quality'),
    name: isString,
    value: isValue,
    'unit?': isString,
  },
  gap: { at: isCount, 'call?': isId, reason: isString, 'dropped?': isCount },
  exit: { at: isCount, ...traffic },
  run: {
    version: isVersion,
    id: isUuid7,
    wall: isBigNanoseconds,
    monotonic: isBigNanoseconds,
    name: isString,
    arguments: listOf(isText),
    directory: isText,
    base: isString,
    detail: oneOf('full', 'adaptive', 'summary'),
    recorder: isString,
    operator: shaped({ login: isString, hostHash: isString, 'iri?': isString }),
    'metadata?': listOf(shaped({ name: isString, value: isValue })),
    'include?': listOf(isString),
    'exclude?': listOf(isString),
    'quality?': listOf(shaped({ metric: isString, component: isString, 'unit?': isString })),
    'generators?': listOf(isString),
    'redacted?': isCount,
  },
  digest: {
    path: isText,
    stat: isStat,
    'because?': isString,
    'format?': isString,
    'describer?': isString,
    'facts?': isObject,
  },
  environment: {
    facts: shaped({
      os: isString,
      machine: isString,
      'cpuModel?': isString,
      cpuCount: isId,
      memoryBytes: isCount,
      'interpreter?': isString,
      'container?': isString,
    }),
    packages: listOf(
      shaped({
        purl: isString,
        name: isString,
        'version?': isString,
        'modules?': listOf(isString),
        'programs?': listOf(isString),
      }),
    ),
    'programs?': listOf(shaped({ path: isString, sha256: isSha256 })),
    'variables?': mapOf(isValue),
    'hostHash?': isString,
  },
  repository: {
    project: isString,
    root: isText,
    'origin?': isString,
    'commit?': isString,
    'dirty?': isBoolean,
    'diff?': isString,
    'files?': mapOf(isSha256),
  },
  finish: { at: isCount, 'status?': isInteger, 'signal?': isString, ...traffic },
}

/** For each kind of line: its required fields, and what each field must be. */
export const fieldsOf: ReadonlyMap<
  string,
  { required: readonly string[]; checks: ReadonlyMap<string, Check> }
> = new Map(Object.entries(kinds).map(([kind, fields]) => [kind, readFields(fields)]))
