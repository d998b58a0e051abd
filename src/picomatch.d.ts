/** The part of picomatch that is used here; it has no types of its own. */
declare module 'picomatch' {
  interface Options {
    dot?: boolean
    strictBrackets?: boolean
    nonegate?: boolean
  }
  const picomatch: { makeRe(glob: string, options?: Options): RegExp }
  export default picomatch
}
