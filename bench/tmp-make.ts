import { copyRuns } from './many-runs.ts'
copyRuns(process.argv[2]!, Number(process.argv[3]))
