import type { WriteStream } from 'node:tty'
import { cut, printable } from './columns.ts'

/** One line that says how far something is; take it away with `done`, whatever happens. */
export interface Progress {
  /** What follows the label: `12 of 40 runs`. */
  update(text: string): void
  /** Take the line away until the next update, to make room for output. */
  hide(): void
  done(): void
}

const patience = 1000
const interval = 100

export function showProgress(stderr: WriteStream, label: string, ended: () => void): Progress {
  if (stderr.isTTY !== true) return { update() {}, hide() {}, done: ended }
  const began = Date.now()
  let drawnAt = 0
  let shown = false
  let text = ''
  const draw = () => {
    // Work that blocks the event loop calls update() but lets no timer fire, so both look at the clock.
    const now = Date.now()
    if (now - began < patience || now - drawnAt < interval) return
    drawnAt = now
    const seconds = `${Math.round((now - began) / 1000)} s`
    const line = [label, text, seconds].filter((part) => part !== '').join(' · ')
    stderr.write(`\r\x1b[2K${cut(printable(line), stderr.columns - 1)}`)
    shown = true
  }
  const hide = () => {
    if (shown) stderr.write('\r\x1b[2K')
    shown = false
  }
  const timer = setInterval(draw, interval)
  timer.unref()
  return {
    update(next) {
      text = next
      draw()
    },
    hide,
    done() {
      clearInterval(timer)
      hide()
      ended()
    },
  }
}
