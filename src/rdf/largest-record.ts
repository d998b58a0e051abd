/**
 * Triples of the largest record that is read whole into memory. A larger one is not hashed (sorting needs all of it) and
 * not loaded: its summary answers instead.
 */
export const largestRecord = 5_000_000
