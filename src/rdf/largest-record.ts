/**
 * Triples of the largest record that is read into one engine. A larger one is not hashed (sorting needs all of it), and
 * is asked as a table of numbers, which is slower.
 */
export const largestRecord = 5_000_000
