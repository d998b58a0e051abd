import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StoreError } from '../../errors.ts'
import { storeError } from '../store-error.ts'

/** The text of the file `format` in a store that this version writes. */
export const FORMAT = 'vampira store 1\n'

/** @throws StoreError for a folder that is no store, or one of a version that is not known here */
export async function checkFormat(folder: string): Promise<void> {
  const file = join(folder, 'format')
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    throw storeError('open the store', file, error)
  }
  if (text === FORMAT) return
  const version = /^vampira store (\d+)\s*$/.exec(text)?.[1]
  throw new StoreError(
    version === undefined
      ? 'This is not the format file of a vampira store'
      : `This store has format ${version}, and this vampira knows format 1`,
    { place: { file }, advice: version === undefined ? 'Check the path.' : 'Upgrade vampira to open it.' },
  )
}
