import { delimiter, join } from 'node:path'
import { packageRoot } from '../../package-root.ts'
import type { Agent } from './agent.ts'

export const python: Agent = {
  interpreter: {
    executable: /^(python|pypy)[\d.]*$/,
    valued: ['-W', '-X', '--check-hash-based-pycs'],
    // Short options may stand together: -Bc is -B -c. But -msrc is the module src.
    inline: /^-(?!m)[a-zA-Z]*c$/,
    moduleOption: '-m',
  },
  scripts: { extension: '.py', command: 'python3' },
  variables: ['PYTHONHASHSEED', 'PYTHONOPTIMIZE', 'PYTHONUTF8', 'VIRTUAL_ENV', 'MPLBACKEND'],
  start(environment) {
    const site = join(packageRoot, 'agents', 'python', 'site')
    const path = environment['PYTHONPATH']
    return { PYTHONPATH: path === undefined || path === '' ? site : `${site}${delimiter}${path}` }
  },
  whyAbsent(args) {
    const isolated = args.find((argument) => /^-[a-zA-Z]*[IES]/.test(argument))
    return isolated === undefined
      ? 'The Python agent did not start, so nothing is known of what happened inside.'
      : `Python's ${isolated} keeps the agent from starting, so nothing is known of what happened inside.`
  },
  async loadOwners() {
    const { PythonDistributions } = await import('./python-distributions.ts')
    return new PythonDistributions()
  },
}
