/** Namespaces that validation speaks of besides those of a record. */
export const SH = 'http://www.w3.org/ns/shacl#'
export const SHAPES = 'https://w3id.org/vampira/shapes/'
