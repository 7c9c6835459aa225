import { isLiteral } from './parse.ts'

/**
 * The body's notation, as the reader sees it:
 *
 *   &a=https://api.github.com/repos/o/r     a dictionary: &a alone is this value, &a/pulls begins with it
 *   A|login|id|url:https://x/{login}|type=User   a shape: what its objects have in common; the sign after its name parts its cells
 *   {total:2,user:A(ann,7),rows:@1}         the skeleton: JSON with quotes only where they are needed
 *   @1[300]|a|b:T{}Z|c=x|d{a=on;b=off}      a table of 300 rows: `b` fills the hole, `c` is always x, `d` takes codes
 *   1|10:00|a                               a row; then `name=value` where it breaks a rule; ^ is the cell above; ~ is absent
 *   A[ann,7;bob,8]  A{k,ann,7}              an array of A, an object of A (its names come first)
 *   json{a:1}                               a string that is this JSON text
 *
 * What stands in a definition (&a, a code, a constant) is literal, and so is a cell that other columns are made of: no reader has to
 * look twice. Strings stand as their JSON source without quotes, so that every escape survives.
 */
/** What ends a bare value inside parentheses, brackets and braces. */
export const FLOW = /[,;()[\]{}"\n]/
/** Cell signs, best first where they cost alike. */
export const SIGNS = [',', '|', ' '] as const

/** Absent member, and the cell above. */
export const MISSING = '~'
export const DITTO = '^'

/** What ends a bare value: a cell sign, or FLOW. */
export type Stop = string | RegExp

/** May a string's source stand without quotes? `typed` where no number can stand there. */
export function isBare(raw: string, stop: Stop, typed = false): boolean {
  const first = raw.charCodeAt(0)
  if (
    raw === '' ||
    LEADS[first] === 1 ||
    raw === MISSING ||
    raw === DITTO ||
    raw.startsWith('...') ||
    endsAt(raw, stop)
  )
    return false
  if ((first === 0x26 || first === 0x40 || first === 0x6a || (first >= 0x41 && first <= 0x5a)) && CALL.test(raw))
    return false
  return typed || !isLiteral(raw)
}

/** Does the text hold what ends a bare value? */
export const endsAt = (raw: string, stop: Stop): boolean =>
  typeof stop === 'string' ? raw.includes(stop) : stop.test(raw)

/** A string's source in a place that ends at `stop`: bare, or in its quotes. */
export const printString = (raw: string, stop: Stop, typed = false): string =>
  isBare(raw, stop, typed) ? raw : `"${raw}"`

const CALL = /^(?:[A-Z]{1,2}[([{]|&[a-z]|@\d|json[[{])/
/** A member's name that needs no quotes anywhere. */
export const NAME = /^[A-Za-z_$][\w$-]*$/

/** First characters that mean something else. */
const LEADS = table('"[{')

function table(chars: string): Uint8Array {
  const flags = new Uint8Array(65536)
  for (const char of chars) flags[char.charCodeAt(0)] = 1
  return flags
}

/** A, B, ... Z, AA, AB ... */
export function letters(n: number): string {
  return n < 26 ? LETTERS[n]! : LETTERS[Math.floor(n / 26) - 1]! + LETTERS[n % 26]!
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
/** Codes of column dictionaries: small, since capitals name shapes. */
export const CODES = LETTERS.toLowerCase()
/** Shapes that have a name. */
export const MOST_SHAPES = 26 * 27

/** About how many tokens `text`, or a range of it, takes: runs of letters, digits and signs weighed by length. For choices only; linear. */
export function estimate(text: string, start = 0, end = text.length): number {
  let tokens = 0
  let kind = start < end ? CLASS[text.charCodeAt(start)]! : 0
  for (let from = start; from < end; ) {
    let to = from + 1
    let next = 0
    while (to < end && (next = CLASS[text.charCodeAt(to)]!) === kind) to++
    tokens += cost(kind, to - from)
    // A blank goes with the word behind it.
    if (kind === 4 && to - from === 1 && next === 1) tokens--
    kind = next
    from = to
  }
  return tokens
}

const cost = (kind: number, run: number): number => (run < RUNS ? COSTS[kind * RUNS + run]! : costOfRun(kind, run))

function costOfRun(kind: number, run: number): number {
  if (run === 0 || kind === 0) return 0
  if (kind === 1) return run < 9 ? 1 + (run > 5 ? 0.5 : 0) : run / 4.5
  if (kind === 2) return Math.ceil(run / 3)
  if (kind === 3) return Math.ceil(run / 2)
  if (kind === 4) return 1
  return run * 0.7
}

/** Runs shorter than this are looked up. */
const RUNS = 32
const COSTS = new Float64Array(6 * RUNS).map((_, i) => costOfRun(Math.floor(i / RUNS), i % RUNS))

/** 1 letters, 2 digits, 3 signs, 4 blanks, 5 the rest. */
const CLASS = new Uint8Array(65536).map((_, unit) =>
  unit > 0x7f
    ? 5
    : unit === 0x20 || unit === 0x0a
      ? 4
      : unit >= 0x30 && unit <= 0x39
        ? 2
        : (unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a
          ? 1
          : 3,
)
