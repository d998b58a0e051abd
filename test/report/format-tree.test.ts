import { expect, test } from 'vitest'
import { formatTree } from '../../src/report/format-tree.ts'
import type { TreeNode } from '../../src/report/format-tree.ts'

const leaf = (text: string): TreeNode => ({ text, children: [] })

test('branches that end and branches that go on are drawn apart', () => {
  const tree = { text: 'a', children: [{ text: 'b', children: [leaf('c'), leaf('d')] }, leaf('e')] }
  expect(formatTree(tree)).toEqual(['a', '├─ b', '│  ├─ c', '│  └─ d', '└─ e'])
})

test('a tree deeper than the call stack is drawn', () => {
  let tree = leaf('bottom')
  for (let depth = 0; depth < 20_000; depth++) tree = { text: 'call', children: [tree] }
  const lines = formatTree(tree)
  expect(lines).toHaveLength(20_001)
  expect(lines.at(-1)?.trim()).toBe('└─ bottom')
})
