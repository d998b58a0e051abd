import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { packageRoot } from '../src/package-root.ts'

/** Before any test: dist/ is what src/ and cli/ say, since the CLI is tested as people run it. */
export default function buildCli(): void {
  execFileSync(process.execPath, [join(packageRoot, 'build/prepare.mjs')], { stdio: 'inherit' })
}
