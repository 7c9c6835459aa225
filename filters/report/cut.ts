/** A line as what lines of its make share and what varies: literals stand around and between cells. */
export interface Cut {
  /** One more than there are cells. */
  readonly literals: readonly string[]
  readonly cells: readonly string[]
}

/** Lines longer than this are left whole, and frames of stacks, for they are read as they stand. */
const MOST = 20_000
const FRAME = /^\s*(?:at |File "|\d{1,4}: |#\d{1,4} |from \S+:\d+:in )/

/** By the make of test tools' lines, by quotes and keys in XML and JSON, else by its numbers. Linear. */
export function cutLine(line: string): Cut {
  if (line.length > MOST || FRAME.test(line)) return { literals: [line], cells: [] }
  for (const pattern of LINES) {
    const found = line.length < 1000 ? pattern.exec(line) : null
    if (found) return byGroups(line, found)
  }
  const metric = /^([A-Za-z_:][\w:]*)(\{.*\} \S+)$/.exec(line)
  if (metric) return withFirst(metric[1]!, byQuotes(metric[2]!))
  return /^\s*[<{]/.test(line) ? byQuotes(line) : byNumbers(line)
}

/**
 * Lines of test tools, their varying parts as groups (flag d). The tools' own words; versions as of 2024: cargo 1.78, pytest 8,
 * CPython 3.12 unittest, TAP 14, go 1.22, node 22, mocha 10, jest 29, vitest 1, Gradle 8.
 */
const LINES: readonly RegExp[] = [
  /^test (\S+)::([^:\s]+) (?:- should panic )?\.\.\. (\S.*)$/d,
  /^test ([^:\s]+) (?:- should panic )?\.\.\. (\S.*)$/d,
  /^(\w+) \(([\w.]+)\.(\w+)\) \.\.\. (\S.*)$/d,
  /^(\w+) \(([\w.]+)\) \.\.\. (\S.*)$/d,
  /^([^\s:]+)::(\S[^\n]{0,300}?) ([A-Z]{4,8})( +)\[ *(\d+)%\]$/d,
  /^( *)(ok|not ok) (\d+) - (.*)$/d,
  /^( *)--- (PASS|FAIL|SKIP): (\S+)\/([^/\s]+) \(([\d.]+)s\)$/d,
  /^( *)--- (PASS|FAIL|SKIP): ([^/\s]+) \(([\d.]+)s\)$/d,
  /^=== (RUN|PAUSE|CONT|NAME)( +)(\S+)\/([^/\s]+)$/d,
  /^=== (RUN|PAUSE|CONT|NAME)( +)([^/\s]+)$/d,
  /^( *)([✓✔√✖×✕○↓]) (.*?) \(?([\d.]+) ?m?s\)?$/d,
  /^( *)([✓✔√✖×✕○↓]) (.*)$/d,
  /^(\S+) > (.{1,300}) (PASSED|FAILED|SKIPPED)$/d,
  /^\[ {1,8}(RUN|OK|FAILED|SKIPPED)( +)\] (\S+)(?: \((\d+) ms\))?$/d,
  /^Test Case '(.{1,300})' (started|passed|failed|skipped)(.*)$/d,
  /^# (?:HELP|TYPE|UNIT) ([\w:]+) (.*)$/d,
  /^([A-Za-z_:][\w:]*) ([-+]?[\d.]+(?:[eE][-+]?\d+)?|NaN|[-+]Inf)$/d,
]

/** The name of a metric varies as its labels do (Prometheus text format 0.0.4). */
const withFirst = (cell: string, { literals, cells }: Cut): Cut => ({
  literals: ['', ...literals],
  cells: [cell, ...cells],
})

function byGroups(line: string, found: RegExpExecArray): Cut {
  const literals: string[] = []
  const cells: string[] = []
  let at = 0
  for (const range of found.indices!.slice(1)) {
    // A group that took no part is no cell.
    if (!range) continue
    const [from, to] = range
    literals.push(line.slice(at, from))
    cells.push(line.slice(from, to))
    at = to
  }
  literals.push(line.slice(at))
  return { literals, cells }
}

/** Attribute values, JSON strings that are no keys, and bare values. */
function byQuotes(line: string): Cut {
  const literals: string[] = []
  const cells: string[] = []
  let start = 0
  const put = (from: number, to: number) => {
    literals.push(line.slice(start, from))
    cells.push(line.slice(from, to))
    start = to
  }
  for (let i = 0; i < line.length; i++) {
    const code = line.charCodeAt(i)
    if (code === 34) {
      const end = closing(line, i)
      if (end < 0) break
      if (line[end + 1] !== ':') put(i + 1, end)
      i = end
    } else if (isBare(line, i)) {
      const end = bareEnd(line, i)
      put(i, end)
      i = end - 1
    }
  }
  literals.push(line.slice(start))
  return { literals, cells }
}

/** The quote that closes the one at `from`, or -1. */
function closing(line: string, from: number): number {
  for (let i = from + 1; i < line.length; i++) {
    const code = line.charCodeAt(i)
    if (code === 92) i++
    else if (code === 34) return i
  }
  return -1
}

/** Does a number, true, false, null or a flat array begin behind a colon or a space? */
function isBare(line: string, at: number): boolean {
  const before = line.charCodeAt(at - 1)
  if (before !== 58 && before !== 32) return false
  const code = line.charCodeAt(at)
  const opens = (code >= 48 && code <= 57) || code === 45 || code === 116 || code === 102 || code === 110 || code === 91
  return opens && bareEnd(line, at) > at
}

const BARE = /(?:-?\d[\d.eE+-]{0,40}|true|false|null|\[[\d, ]{0,200}\])(?=[,}\] ]|$)/y

function bareEnd(line: string, at: number): number {
  BARE.lastIndex = at
  return BARE.test(line) ? BARE.lastIndex : at
}

/** Numbers that stand on their own. */
function byNumbers(line: string): Cut {
  const literals: string[] = []
  const cells: string[] = []
  let start = 0
  for (const found of line.matchAll(/(?<![\w.])\d{1,30}(?:\.\d{1,30}){0,4}(?=(?:n|µ|m)?s?(?!\w))/g)) {
    literals.push(line.slice(start, found.index))
    cells.push(found[0])
    start = found.index + found[0].length
  }
  literals.push(line.slice(start))
  return { literals, cells }
}
