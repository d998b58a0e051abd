/** The same numbers at the beginning of a longer array. */
export function grow(numbers: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const longer = new Uint32Array(length)
  longer.set(numbers)
  return longer
}
