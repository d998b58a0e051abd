import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type * as Oxigraph from 'oxigraph'

/** What of Oxigraph's WebAssembly instance can be saved and put back: https://webassembly.github.io/spec/js-api/ */
interface Exports {
  memory: { readonly buffer: ArrayBuffer; grow(pages: number): number }
  /** Table of the JavaScript values that the memory refers to by their place. */
  __wbindgen_externrefs: {
    readonly length: number
    get(place: number): unknown
    set(place: number, value: unknown): void
    grow(places: number): number
  }
}

declare const WebAssembly: { Module: new (bytes: Uint8Array) => object }

type WebBuild = typeof Oxigraph & { initSync(options: { module: object }): Exports }

/** An Oxigraph with a memory that nothing else uses. */
export interface OxigraphMemory {
  Store: typeof Oxigraph.Store
  exports: Exports
  /** The bytes of the WebAssembly module: another module cannot read this one's memory. */
  module: Buffer
}

/** Bytes by which a memory grows. */
export const pageSize = 65_536

let taken = false

/**
 * The one instance of a process whose memory may be saved and restored. The package's Node.js build has an instance that
 * all share and nobody can reach; its web build gives it out.
 *
 * @returns undefined where it was given out before
 */
export async function takeOxigraphMemory(): Promise<OxigraphMemory | undefined> {
  if (taken) return undefined
  taken = true
  const require = createRequire(import.meta.url)
  const [script, module] = await Promise.all([
    readFile(require.resolve('oxigraph/web.js'), 'utf8'),
    readFile(require.resolve('oxigraph/web_bg.wasm')),
  ])
  // A module in a file that Node.js takes for CommonJS by its name.
  const build = (await import(`data:text/javascript,${encodeURIComponent(script)}`)) as WebBuild
  const exports = build.initSync({ module: new WebAssembly.Module(module) })
  return { Store: build.Store, exports, module }
}

/** What a saved memory needs besides its bytes. */
export interface MemoryLayout {
  /** Where in the memory the store is. */
  store: number
  /** Bytes. */
  size: number
  /** Places in the table. */
  references: number
  /** The texts in it, such as names of properties that the engine asks for again and again. */
  texts: readonly (readonly [place: number, text: string])[]
}

interface Pointed {
  __wbg_ptr: number
}

/** @throws Error where the table has something that cannot be written down */
export function layoutOf({ exports }: OxigraphMemory, store: Oxigraph.Store): MemoryLayout {
  const table = exports.__wbindgen_externrefs
  const texts: [number, string][] = []
  for (let place = 0; place < table.length; place++) {
    const value = table.get(place)
    if (typeof value === 'string') texts.push([place, value])
    // Every instance begins with these.
    else if (value !== undefined && value !== null && typeof value !== 'boolean') {
      throw new Error(`Oxigraph holds a ${typeof value}, which no image can have`)
    }
  }
  return {
    store: (store as unknown as Pointed).__wbg_ptr,
    size: exports.memory.buffer.byteLength,
    references: table.length,
    texts,
  }
}

/** Makes the memory as large as a saved one and fills the table; gives the memory's bytes, which are zeros then. */
export function growTo({ exports }: OxigraphMemory, { size, references, texts }: MemoryLayout): Uint8Array {
  const { memory, __wbindgen_externrefs: table } = exports
  const before = memory.buffer.byteLength
  const missing = size - before
  if (missing > 0) memory.grow(missing / pageSize)
  if (references > table.length) table.grow(references - table.length)
  for (const [place, text] of texts) table.set(place, text)
  // What it grew by is zeros.
  return new Uint8Array(memory.buffer, 0, size).fill(0, 0, before)
}

/** The store in a memory that was overwritten. */
export function storeIn({ Store }: OxigraphMemory, layout: MemoryLayout): Oxigraph.Store {
  const store = Object.create(Store.prototype) as Oxigraph.Store & Pointed
  store.__wbg_ptr = layout.store
  return store
}
