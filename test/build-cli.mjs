import { fileURLToPath } from 'node:url'
import { buildIfStale } from '../build/build-dist.mjs'

/** Before any test: dist/ is what src/ and cli/ say, since the CLI is tested as people run it. */
export default async function buildCli() {
  await buildIfStale(fileURLToPath(new URL('..', import.meta.url)), () => {})
}
