/** The object that a line of JSON holds, or undefined. */
export function jsonLine<T extends object>(line: string): T | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    return JSON.parse(line) as T
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined
    throw cause
  }
}
