/** The recorder's own spool, in the folder of the agents' spools. */
export const recorderSpool = 'recorder.jsonl'

export function isAgentSpool(fileName: string): boolean {
  return fileName.endsWith('.jsonl') && fileName !== recorderSpool
}

export function spoolName(fileName: string): string {
  return fileName.slice(0, -'.jsonl'.length)
}
