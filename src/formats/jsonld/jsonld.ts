/** JSON-LD 1.1: https://www.w3.org/TR/json-ld11/ */
export { readJsonLd as read } from './read-jsonld.ts'
export { writeJsonLd as write } from './write-jsonld.ts'
