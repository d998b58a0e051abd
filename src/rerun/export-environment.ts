import type { NeededPackage, RerunNeeds } from '../analyse/rerun/needs.ts'
import { shellWord } from '../shell-word.ts'
import type { PlacedFile } from './layout.ts'
import { variablesToSet } from './variables-to-set.ts'

/** What to write of an environment: a shell script that remakes it and runs, pip's list, conda's file. */
export type EnvironmentFormat = 'script' | 'requirements' | 'conda'

/** The text that would remake the environment of a run, with what it cannot remake as comments. */
export function exportEnvironment(
  needs: RerunNeeds,
  files: readonly PlacedFile[],
  format: EnvironmentFormat,
): string {
  const head = [
    `# The environment of ${needs.run} (${needs.pipeline}), as its record says.`,
    ...machineLines(needs),
  ]
  const lines = { requirements, conda, script }[format](needs, files)
  return [...head, ...lines, ''].join('\n')
}

function requirements(needs: RerunNeeds): string[] {
  return [...otherPackages(needs), ...pinned(needs)]
}

function conda(needs: RerunNeeds): string[] {
  const python = pythonVersion(needs)
  return [
    ...otherPackages(needs),
    `name: ${JSON.stringify(needs.pipeline)}`,
    'dependencies:',
    ...(python === undefined ? [] : [`  - python=${python}`]),
    ...(pinned(needs).length === 0
      ? []
      : ['  - pip', '  - pip:', ...pinned(needs).map((each) => `      - ${each}`)]),
  ]
}

function script(needs: RerunNeeds, files: readonly PlacedFile[]): string[] {
  const python = pythonVersion(needs)
  const debian = needs.packages.filter(({ url }) => url.startsWith('pkg:deb/'))
  const run = needs.run.replace(/^urn:uuid:/, '')
  return [
    'set -eu',
    ...debian.map(({ name, version }) => `# apt-get install ${name}=${version ?? ''}`),
    ...(python === undefined
      ? []
      : [
          `# Python ${python}`,
          `python${python.split('.').slice(0, 2).join('.')} -m venv .venv && . .venv/bin/activate`,
          ...(pinned(needs).length === 0 ? [] : [`pip install ${pinned(needs).map(shellWord).join(' ')}`]),
        ]),
    ...(needs.commit === undefined
      ? []
      : [`# code: commit ${needs.commit}${needs.repository === undefined ? '' : ` of ${needs.repository}`}`]),
    ...files
      .filter(({ path, kept }) => kept !== undefined && !path.startsWith('/') && !path.startsWith('..'))
      .flatMap(({ path, kept, sha256 }) => {
        const folder = path.includes('/') ? [`mkdir -p ${shellWord(path.replace(/\/[^/]*$/, ''))}`] : []
        return kept === 'whole'
          ? [...folder, `vampira cat ${run} ${sha256} > ${shellWord(path)}`]
          : [`# put ${path} here: SHA-256 ${sha256}`]
      }),
    ...Object.entries(variablesToSet(needs.variables)).map(
      ([name, value]) => `export ${name}=${shellWord(value)}`,
    ),
    needs.command.map(shellWord).join(' '),
  ]
}

function machineLines({ machine }: RerunNeeds): string[] {
  const { operatingSystem, machine: kind, cpuModel, cpuCount, container } = machine
  const facts = [operatingSystem, kind, cpuModel, cpuCount && `${cpuCount} processors`, container]
  return [`# ${facts.filter(Boolean).join(', ')}`]
}

/** Packages of pip, pinned. */
function pinned({ packages }: RerunNeeds): string[] {
  return packages
    .filter(({ url, version }) => url.startsWith('pkg:pypi/') && version !== undefined)
    .map(({ name, version }) => `${name}==${version}`)
}

function otherPackages({ packages }: RerunNeeds): string[] {
  return packages.filter(({ url }) => !url.startsWith('pkg:pypi/')).map((each) => `# ${nameOf(each)}`)
}

function nameOf({ url, name, version }: NeededPackage): string {
  return `${name} ${version ?? ''} (${url})`
}

function pythonVersion({ packages }: RerunNeeds): string | undefined {
  return packages.find(({ url }) => /^pkg:generic\/(cpython|pypy)@/.test(url))?.version
}
