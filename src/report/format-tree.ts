/** A node of a tree of lines. */
export interface TreeNode {
  text: string
  children: readonly TreeNode[]
}

/** The tree as lines, drawn with box characters: the root's text, then each child one level in. */
export function formatTree(root: TreeNode): string[] {
  const lines = [root.text]
  const rest: { node: TreeNode; indent: string; last: boolean }[] = []
  const push = (children: readonly TreeNode[], indent: string) => {
    for (const [at, node] of [...children.entries()].reverse()) {
      rest.push({ node, indent, last: at === children.length - 1 })
    }
  }
  push(root.children, '')
  // A loop, not recursion: a call tree may be as deep as the user's program recursed.
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    lines.push(`${next.indent}${next.last ? '└─ ' : '├─ '}${next.node.text}`)
    push(next.node.children, `${next.indent}${next.last ? '   ' : '│  '}`)
  }
  return lines
}
