/**
 * About how many o200k_base tokens `text` takes between `from` and `to`, without its vocabulary: words by six letters, numbers by three digits, other
 * characters one by one, a space free where a word follows. Within some fifteen per cent on logs; linear and without allocation.
 */
export function weight(text: string, from = 0, to = text.length): number {
  let tokens = 0
  let run = 0
  let kind = NONE
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i)
    const next = code < 128 ? KINDS[code]! : FOREIGN
    if (next === kind && next !== OTHER) {
      run++
      continue
    }
    if (kind === OTHER) tokens += 0.8
    else if (kind !== UPPER || next !== LOWER || run !== 1) tokens += costOf(kind, run)
    run = 1
    kind = next
  }
  return tokens + costOf(kind, run)
}

const NONE = 0
const OTHER = 1
const LOWER = 2
const UPPER = 3
const DIGIT = 4
const SPACE = 5
const FOREIGN = 6

/** Of each ASCII character. */
const KINDS = new Uint8Array(128).fill(OTHER).fill(LOWER, 97, 123).fill(UPPER, 65, 91).fill(DIGIT, 48, 58)
KINDS[32] = SPACE

function costOf(kind: number, run: number): number {
  switch (kind) {
    case LOWER:
      return run <= 7 ? 1 : run / 6
    case UPPER:
    case DIGIT:
      return Math.ceil(run / 3)
    case SPACE:
      return run === 1 ? 0.25 : 1
    case FOREIGN:
      return run / 2.2
    case OTHER:
      return 0.8
    default:
      return 0
  }
}
