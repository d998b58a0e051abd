import { textContents } from './text-contents.ts'
import type { ContentsReader } from './parts.ts'

/** Lines of an SVG picture. Names of its elements, which some programs draw by lot, are numbered in their order. */
export const svgContents: ContentsReader = {
  formats: ['image/svg+xml'],
  by: 'lines',
  read(bytes, format) {
    const text = bytes.toString('utf8')
    const names = new Map(
      [...text.matchAll(/\bid="([^"]+)"/g)].map(([, name], at) => [name, `element-${at}`]),
    )
    const numbered = text.replace(
      /(\bid="|(?:href="|url\()['"]?#)([^"')]+)/g,
      (_, before: string, name: string) => before + (names.get(name) ?? name),
    )
    return textContents.read(Buffer.from(numbered), format)
  },
}
