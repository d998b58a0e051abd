import { expect, test } from 'vitest'
import { shellCommand, shellFiles } from '../../../src/capture/files/shell-files.ts'

test.each([
  ['tr a-z A-Z < a.txt > out.txt', ['unknown a-z', 'unknown A-Z', 'read a.txt', 'write out.txt']],
  ['sort in.csv>>log 2>err', ['unknown in.csv', 'write log', 'write err']],
  ['X=1 prog "a b.txt" 2>&1', ['unknown a b.txt']],
  ["cat 'it''s' && wc -l x\\ y | tee z", ['unknown its', 'unknown -l', 'unknown x y', 'unknown z']],
  ['cat <<< word; make &> all.log', ['write all.log']],
])('The command %s names files', (command, expected) => {
  expect(shellFiles(command).map(({ name, op }) => `${op} ${name}`)).toEqual(expected)
})

test('Only the -c of a shell is a command', () => {
  expect(shellCommand(['/bin/bash', '-c', 'ls'])).toBe('ls')
  expect(shellCommand(['bash', 'script.sh', 'ls'])).toBeUndefined()
  expect(shellCommand(['python3', '-c', 'ls'])).toBeUndefined()
})
