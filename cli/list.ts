import type { CliCommand } from './command.ts'

export const command: CliCommand = {
  description: 'x',
  examples: [],
  async run() {},
}
