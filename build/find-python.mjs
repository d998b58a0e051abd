import { spawnSync } from 'node:child_process'

/** The name of a Python 3.9 or newer: PYTHON, python3, python or py; or undefined. */
export function findPython() {
  const asks = 'import sys; print(sys.version_info >= (3, 9))'
  return [process.env.PYTHON, 'python3', 'python', 'py'].find((name) => {
    if (!name) return false
    return spawnSync(name, ['-c', asks], { encoding: 'utf8' }).stdout?.trim() === 'True'
  })
}
