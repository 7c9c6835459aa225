/** A pattern that is none. The message is one line. */
export class PatternError extends Error {
  override readonly name = 'PatternError'
}

/**
 * Does a line hold a match of `pattern` (RE2 syntax: as in JavaScript, without back references and look-around)? Linear in the line
 * whatever the pattern: it comes from a model, and no pattern may hang. Throws a PatternError.
 */
export async function lineMatcher(pattern: string): Promise<(line: string) => boolean> {
  const { RE2JS } = await import('re2js')
  try {
    const compiled = RE2JS.compile(pattern)
    return line => compiled.matcher(line).find()
  } catch (cause) {
    throw new PatternError(`${cause instanceof Error ? cause.message : cause}; RE2 syntax has no look-around`, {
      cause,
    })
  }
}
