import { chmodSync, cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { packageRoot } from '../../src/package-root.ts'
import { cliPath, vampira } from '../cli/vampira.ts'

/** An empty folder, and the environment of a shell in it that knows `vampira`. */
export interface Folder {
  path: string
  env: { PATH: string }
  remove(): void
}

export function makeFolder(): Folder {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'vampira-docs-')))
  const bin = mkdtempSync(join(tmpdir(), 'vampira-bin-'))
  writeFileSync(join(bin, 'vampira'), `#!/bin/sh\nexec '${process.execPath}' '${cliPath}' "$@"\n`)
  chmodSync(join(bin, 'vampira'), 0o755)
  return {
    path,
    env: { PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` },
    remove: () => [path, bin].forEach((folder) => rmSync(folder, { recursive: true, force: true })),
  }
}

/**
 * Puts in what people have who read the pages: the files of examples/first-run, the three runs that `npm run demo`
 * records, the exported `run.ttl`, and the question `mine.rq` of docs/queries.md.
 */
export async function fillWithDemo({ path }: Folder): Promise<void> {
  cpSync(join(packageRoot, 'examples/first-run'), path, { recursive: true })
  writeFileSync(join(path, 'mine.rq'), readQuestion())
  const fit = ['run', '--name', 'cooling', '--', 'python3', 'pipeline.py']
  for (const args of [
    ['init'],
    ['run', '--name', 'measuring', '--', 'python3', 'make_measurements.py', 'measurements.csv'],
    [...fit, 'measurements.csv'],
    [...fit, '--threshold', '1000', 'measurements.csv'],
    ['export', 'last', '--to', 'turtle', '-o', 'run.ttl'],
  ]) {
    const { code, stderr } = await vampira(args, { cwd: path })
    if (code !== 0) throw new Error(`vampira ${args.join(' ')} ended with ${code}: ${stderr}`)
  }
}

function readQuestion(): string {
  const page = readFileSync(join(packageRoot, 'docs/queries.md'), 'utf8')
  const [, question] = /^```sparql mine\.rq\n([^]*?)^```$/m.exec(page) ?? []
  if (question === undefined) throw new Error('docs/queries.md has no question called mine.rq')
  return question
}
