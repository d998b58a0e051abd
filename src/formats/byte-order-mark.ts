const mark = '\ufeff'

/** A text without the byte order mark that some editors put before its first letter. */
export function withoutByteOrderMark<Text extends string | AsyncIterable<string>>(text: Text): Text
export function withoutByteOrderMark(text: string | AsyncIterable<string>): string | AsyncIterable<string> {
  return typeof text === 'string' ? withoutMark(text) : chunksWithoutMark(text)
}

function withoutMark(text: string): string {
  return text.startsWith(mark) ? text.slice(mark.length) : text
}

async function* chunksWithoutMark(chunks: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
  let atStart = true
  for await (const chunk of chunks) {
    yield atStart ? withoutMark(chunk) : chunk
    atStart &&= chunk === ''
  }
}
