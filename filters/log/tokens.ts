/** A line of more tokens than this is data, and stays as it is. */
const MOST = 160

/**
 * A line as tokens: `join` gives it back. A token ends at a space, a tab, or between the members of an object in JSON; a quoted
 * string is one token with what it is attached to. Tokens that begin with a tab or `,"` follow without a space. Undefined for
 * lines with too many. Linear.
 */
export function tokensOf(line: string): string[] | undefined {
  if (isPlain(line)) {
    const words = line.split(' ')
    return words.length > MOST ? undefined : words
  }
  const tokens: string[] = []
  let start = 0
  let quoted = true
  for (let i = pastSpaces(line, 0); i < line.length; i++) {
    const code = line.charCodeAt(i)
    if (code === 34 && quoted && line.charCodeAt(i - 1) !== 92) {
      const close = closingQuote(line, i)
      if (close < 0) quoted = false
      else i = close
      continue
    }
    const glued = code === 9 || (code === 44 && line.charCodeAt(i + 1) === 34 && line.charCodeAt(start) !== 34)
    if (glued && i > start) {
      tokens.push(line.slice(start, i))
      start = i
    } else if (code === 32 && i > start) {
      const word = pastSpaces(line, i)
      if (line.charCodeAt(word) !== 9 && !(line.charCodeAt(i + 1) === 44 && line.charCodeAt(i + 2) === 34)) {
        tokens.push(line.slice(start, i))
        start = i + 1
      }
      i = word - 1
    }
    if (tokens.length > MOST) return undefined
  }
  tokens.push(line.slice(start))
  return tokens
}

/** Only single spaces part its tokens: the usual case, and a fast one. */
const isPlain = (line: string) =>
  !line.includes('"') && !line.includes('  ') && !line.includes('\t') && line.charCodeAt(0) !== 32

function closingQuote(line: string, open: number): number {
  for (let i = line.indexOf('"', open + 1); i >= 0; i = line.indexOf('"', i + 1))
    if (line.charCodeAt(i - 1) !== 92 || line.charCodeAt(i - 2) === 92) return i
  return -1
}

function pastSpaces(line: string, at: number): number {
  let i = at
  while (line.charCodeAt(i) === 32) i++
  return i
}

/** Whether a space stands before this token, which is not the first. */
export const spaced = (token: string): boolean =>
  token.charCodeAt(0) !== 9 && !(token.charCodeAt(0) === 44 && token.charCodeAt(1) === 34)
