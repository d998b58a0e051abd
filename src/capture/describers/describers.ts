import type { Describer } from './describer.ts'
import { delimitedTextDescriber } from './delimited-text.ts'
import { fitsDescriber } from './fits.ts'
import { imageDescriber } from './image.ts'
import { jsonDescriber } from './json.ts'
import { numpyDescriber } from './numpy.ts'
import { parquetDescriber } from './parquet.ts'
import { textDescriber } from './text.ts'

export const describers: readonly Describer[] = [
  fitsDescriber,
  delimitedTextDescriber,
  imageDescriber,
  jsonDescriber,
  numpyDescriber,
  parquetDescriber,
  textDescriber,
]
