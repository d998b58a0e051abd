import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { RecorderLine } from '../../src/journal/line.ts'
import { workplaceIn } from '../../src/recorder/workplace.ts'
import type { Workplace } from '../../src/recorder/workplace.ts'
import { DirectoryStore } from '../../src/store/directory/directory-store.ts'
import type { Part, Store } from '../../src/store/store.ts'
import { makeFolder } from '../capture/temporary-folder.ts'
import { defaultSettings } from '../open/default-settings.ts'
import { runLine, SpoolBuilder, writeJournal } from '../record/journal-builder.ts'

export const id = '019343c2-8a10-7c3e-9d55-3f2b7a1c0001'
export const otherId = '019343c2-8a10-7c3e-9d55-3f2b7a1c0002'

export const settings = { ...defaultSettings, base: 'https://example.org/lab/' }

/** A workplace and a store in folders that live as long as the test. */
export async function makePlace(): Promise<{ workplace: Workplace; store: DirectoryStore }> {
  const folder = makeFolder()
  return { workplace: workplaceIn(folder, settings), store: await DirectoryStore.create(folder) }
}

/** A spool with one call, which reads one file and writes another. */
export function smallSpool(name = '1-a'): SpoolBuilder {
  const spool = new SpoolBuilder({ spool: name })
  const call = spool.start(spool.component('reduce'))
  spool.file('read', 'in.txt').file('write', 'out.txt')
  return spool.return(call)
}

/** A journal that a recorder left in a workplace. @returns its folder */
export function leaveJournal(
  workplace: Workplace,
  {
    run = id,
    spools = [smallSpool()],
    lines = [{ kind: 'finish', at: 1_000_000, status: 0 }],
  }: { run?: string; spools?: SpoolBuilder[]; lines?: RecorderLine[] } = {},
): string {
  const journal = join(workplace.journals, run)
  const written = writeJournal(spools, [runLine({ id: run }), ...lines])
  mkdirSync(workplace.journals, { recursive: true })
  cpSync(written, journal, { recursive: true })
  rmSync(written, { recursive: true })
  return journal
}

export async function textOf(store: Store, run: string, part: Part): Promise<string> {
  let text = ''
  for await (const piece of (await store.graph(run, part)).text()) text += piece
  return text
}
