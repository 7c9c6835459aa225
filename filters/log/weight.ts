/**
 * About how many o200k_base tokens `text` takes, without its vocabulary: words by six letters, numbers by three digits, other
 * characters one by one, a space free where a word follows. Within some fifteen per cent on logs; linear and without allocation.
 */
export function weight(text: string): number {
  let tokens = 0
  let run = 0
  let kind = 0
  for (let i = 0; i < text.length; i++) {
    const next = kindOf(text.charCodeAt(i))
    if (next === kind && next !== OTHER) run++
    else {
      if (!(kind === UPPER && next === LOWER && run === 1)) tokens += costOf(kind, run)
      run = 1
      kind = next
    }
  }
  return tokens + costOf(kind, run)
}

const OTHER = 0
const LOWER = 1
const UPPER = 2
const DIGIT = 3
const SPACE = 4
const FOREIGN = 5

function kindOf(code: number): number {
  if (code >= 97 && code <= 122) return LOWER
  if (code >= 48 && code <= 57) return DIGIT
  if (code >= 65 && code <= 90) return UPPER
  if (code === 32) return SPACE
  return code > 127 ? FOREIGN : OTHER
}

function costOf(kind: number, run: number): number {
  switch (kind) {
    case LOWER:
      return run <= 7 ? 1 : run / 6
    case UPPER:
      return Math.ceil(run / 3)
    case DIGIT:
      return Math.ceil(run / 3)
    case SPACE:
      return run === 1 ? 0.25 : 1
    case FOREIGN:
      return run / 2.2
    default:
      return run ? 0.8 : 0
  }
}
