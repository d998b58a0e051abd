import type { Settings } from '../../src/open/settings.ts'

/** What holds where nothing is said. */
export const defaultSettings: Settings = {
  base: 'urn:vampira:',
  stores: {},
  quality: [],
  generators: [],
  include: [],
  exclude: [],
  ignore: [],
  keep: 'texts',
  storage: {},
}
