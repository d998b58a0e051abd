declare const WebAssembly: { RuntimeError: new (message?: string) => Error }

/**
 * Whether an engine has run out of memory. Oxigraph is compiled to WebAssembly, where an allocation that fails ends in a
 * trap; it can have 4 GiB at most.
 *
 * @see https://webassembly.github.io/spec/js-api/#exceptiondef-runtimeerror
 */
export function isOutOfMemory(error: unknown): boolean {
  return error instanceof WebAssembly.RuntimeError
}

export const lessMemoryAdvice =
  'Ask about fewer runs, or for less at a time; or push them to a SPARQL server (vampira push URL) and ask that.'
