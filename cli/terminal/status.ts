import type { RunEntry } from '../../src/index.ts'
import type { Style } from './terminal.ts'

/** A status with a sign that is read without colour. */
export function statusMark(status: RunEntry['status'], exitCode: number | undefined): string {
  if (status === 'Completed') return '✓ completed'
  if (status === 'Interrupted') return '! interrupted'
  return exitCode === undefined || exitCode === 0 ? '✗ failed' : `✗ failed (${exitCode})`
}

export function statusStyle(status: RunEntry['status']): Style {
  return status === 'Completed' ? 'green' : status === 'Failed' ? 'red' : 'yellow'
}
