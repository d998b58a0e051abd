import { stat } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** Bytes of a file, by its URL; undefined where no file is there now. */
export async function sizeOfFile(url: string): Promise<number | undefined> {
  try {
    const found = await stat(fileURLToPath(url))
    return found.isFile() ? found.size : undefined
  } catch {
    return undefined
  }
}
