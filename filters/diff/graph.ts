/** Words of the note: `* ` stood before commits and `| ` before all other lines; two spaces below the first commit of all. */
const GRAPH = 'graph'
const ROOT = 'to its root'

const COMMIT = /^commit [0-9a-f]{40}/

/** Does `git log --graph` begin so? */
export const isGraph = (line: string): boolean => line.startsWith('* commit ')

/** The log without the graph of a history that never forks, and what the note says of it; undefined where it forks or has none. */
export function withoutGraph(
  lines: readonly string[],
): { lines: readonly string[]; note: readonly string[] } | undefined {
  if (!isGraph(lines[0]!)) return undefined
  const plain = lines.map(line => line.slice(2))
  const note = lines.at(-1)!.startsWith('  ') ? [GRAPH, ROOT] : [GRAPH]
  const again = withGraph(plain, note)
  return again.every((line, at) => line === lines[at]) ? { lines: plain, note } : undefined
}

/** The inverse; lines of other notes stay as they are. */
export function withGraph(lines: readonly string[], note: readonly string[]): readonly string[] {
  if (!note.includes(GRAPH)) return lines
  const root = note.includes(ROOT) ? lines.findLastIndex(line => COMMIT.test(line)) : lines.length
  return lines.map((line, at) => (COMMIT.test(line) ? '* ' : at > root ? '  ' : '| ') + line)
}
