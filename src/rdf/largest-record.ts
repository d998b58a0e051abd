/**
 * Triples of the largest record that is read whole where all of it is needed at once: to be hashed, which sorts it, and to
 * be asked pattern by pattern beside servers.
 */
export const largestRecord = 5_000_000
