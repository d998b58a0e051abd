/**
 * Triples of the largest record that is read whole into memory. A larger one is not hashed (sorting needs all of it) and
 * not loaded: questions are asked of its summary.
 */
export const largestRecord = 5_000_000
