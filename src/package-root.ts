import { fileURLToPath } from 'node:url'

/**
 * The folder that holds queries/, shapes/, ontologies/, contract/ and agents/. This file is src/package-root.ts, or
 * compiled dist/src/package-root.js, or in a bundle dist/cli/‹name›.js: so no file need be looked at to find the folder.
 */
export const packageRoot: string = /* @__PURE__ */ fileURLToPath(
  /* @__PURE__ */ new URL(import.meta.url.endsWith('.ts') ? '../' : '../../', import.meta.url),
).replace(/[\\/]$/, '')
