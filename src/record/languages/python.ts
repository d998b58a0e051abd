import type { Language } from './language.ts'
import { moduleSource, sliceSource } from './python-source.ts'

export const python: Language = {
  displayName: (interpreter) => (interpreter === 'cpython' ? 'python' : interpreter),
  typeNames: {
    nothing: 'NoneType',
    boolean: 'bool',
    integer: 'int',
    double: 'float',
    text: 'str',
    bytes: 'bytes',
  },
  sliceSource,
  moduleSource,
  isConstructor: (qualname) => qualname.endsWith('.__init__'),
}
