import { have } from '../auto/sample.ts'
import { formats } from './formats/index.ts'
import { isJsonReport } from './formats/json-sign.ts'

const LOOKED_AT = 128 * 1024
const FEWEST = 3

/**
 * 0.9 where a format reads tests in the first lines or the last, 0.7 where more than half of the lines are a compiler's, 0 else. A
 * sign alone is not enough: a text may quote a report. Bounded work.
 */
export function fits(text: string): number {
  if (isJsonReport(text)) return 0.9
  if (isDocument(text)) return 0
  const parts = [text.slice(0, LOOKED_AT), ...(text.length > LOOKED_AT ? [text.slice(-LOOKED_AT)] : [])]
  return Math.max(...parts.map(part => fitsPart(part.replaceAll('><', '>\n<').split('\n'))))
}

/** One JSON value on one long line or many lines, as no tool prints its tests: what tells of tests as JSON is a document of its own kind, or an event a line. */
function isDocument(text: string): boolean {
  const [, rest] = /^\ufeff?\s*[{[](.*)/.exec(text.slice(0, LONG)) ?? []
  return rest !== undefined && (rest.trim() === '' || rest.length > LONG - 100)
}

/** UTF-16 code units that no first event of a test has. */
const LONG = 4096

function fitsPart(lines: readonly string[]): number {
  const filled = lines.filter(line => line.trim() !== '')
  const isSigned = filled.some(line => SIGNS.test(line))
  for (const format of formats) {
    if ((format.sign && !isSigned) || !format.is(lines)) continue
    const report = format.parse(lines, { throwIfAborted() {} })
    if (report && report.total >= Math.min(FEWEST, filled.length / 20)) return isProse(filled) ? 0.2 : 0.9
  }
  if (filled.length > 9 && haveMore(filled, METRIC, 0.8 * filled.length)) return 0.8
  const said = haveMore(filled, DIAGNOSTIC, Math.max(FEWEST - 1, 0.25 * filled.length))
  return said && !isProse(filled) ? 0.7 : 0
}

/** Have more than so many of the lines the pattern? */
const haveMore = (lines: readonly string[], pattern: RegExp, most: number): boolean =>
  have(lines, pattern, (Math.floor(most) + 1) / lines.length)

/** One look at a line for the signs of all formats. */
const SIGNS = new RegExp(formats.flatMap(({ sign }) => sign?.source ?? []).join('|'))

/** gcc, clang, tsc, eslint, ruff and their like: a place, a level or a rule, a message. */
const DIAGNOSTIC =
  /^\S{1,300}?[:(]\d+[:,]\d+\)?: (?:fatal )?(?:error|warning|note)\b|^\s+\d+:\d+\s+(?:error|warning|[A-Z]{1,6}\d{2,5})\s|^(?:error|warning)(?:\[\w+\])?: /

/** Long lines of words that end in full stops, headings and lists: a text about tests. */
const isProse = (lines: readonly string[]) =>
  lines.filter(line => /^#{1,6} |^[-*] [A-Z]|[a-z]{2,} [a-z]{2,} .{40,}[.:!?]$/.test(line)).length > 0.3 * lines.length

/** Prometheus text format. */
const METRIC =
  /^(?:# (?:HELP|TYPE) \S+ |[A-Za-z_:][\w:]*(?:\{[^{}]*="[^{}]*\})? (?:[-+]?[\d.]+(?:[eE][-+]?\d+)?|NaN|[-+]Inf)(?: \d+)?$)/
