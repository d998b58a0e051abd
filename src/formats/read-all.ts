/** The whole of a text that may come in chunks. */
export async function readAll(input: string | AsyncIterable<string>): Promise<string> {
  if (typeof input === 'string') return input
  let text = ''
  for await (const chunk of input) text += chunk
  return text
}
