/**
 * A process of its own at work on a store, run by directory-store.test.ts on what was built.
 * Usage: node store-process.mjs write FOLDER TEXTS.json FIRST COUNT | list FOLDER | fill FOLDER
 */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const dist = new URL('../../../dist/src/store/', import.meta.url)
const { openStore } = await import(new URL('open-store.js', dist))
const { DirectoryStore } = await import(new URL('directory/directory-store.js', dist))
const [task, folder, texts, first, count] = process.argv.slice(2)

const tasks = {
  async write() {
    const store = await openStore(folder)
    const { template, record, summary, line } = JSON.parse(readFileSync(texts, 'utf8'))
    for (let n = Number(first); n < Number(first) + Number(count); n++) {
      const id = `${template.slice(0, 24)}${n.toString(16).padStart(12, '0')}`
      const writer = await store.begin(id)
      await writer.write('record', record.replaceAll(template, id))
      await writer.write('summary', summary.replaceAll(template, id))
      await writer.commit(JSON.parse(JSON.stringify(line).replaceAll(template, id)))
    }
  },
  async list() {
    process.stdout.write(JSON.stringify(await (await openStore(folder)).runs()))
  },
  async fill() {
    const store = await DirectoryStore.create(join(folder, '.vampira'))
    const writer = await store.begin('019343c2-8a10-7c3e-9d55-000000000001')
    let error
    try {
      for (let n = 0; n < 100; n++) await writer.write('record', 'x'.repeat(64 * 1024))
    } catch (caught) {
      error = { name: caught.name, message: caught.message, place: caught.place, advice: caught.advice }
    }
    const runs = await store.runs()
    await writer.abandon()
    const left = readdirSync(join(folder, '.vampira', 'runs'))
    process.stdout.write(JSON.stringify({ error, runs, left }))
  },
}

await tasks[task]()
