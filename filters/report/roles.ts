import { speaks } from './fold.ts'

/** A kind of line that questions name by the part it plays, and its lines in a report, 0-based, the likeliest first. */
interface Role {
  readonly asked: RegExp
  readonly linesOf: (lines: readonly string[], totals: readonly number[]) => readonly number[]
}

/** So many lines of a role are put before all else: more would crowd out what failed. */
const MOST = 6
/** Long lines are judged by their beginnings. UTF-16 units. */
const JUDGED = 2000

const ROLES: readonly Role[] = [
  { asked: /\bwarn|\bdeprecat/i, linesOf: lines => matching(lines, line => /warn|deprecat/i.test(line)) },
  { asked: /\bskip|\bignored?\b|\bpending\b/i, linesOf: lines => matching(lines, line => SKIPPED.test(line)) },
  { asked: /\bslow|\blongest\b|\bduration/i, linesOf: slowest },
  { asked: /\bsummary\b|\btotals?\b|\bhow many\b|\bresult|\bcounts?\b|\bverdict\b/i, linesOf: (_, totals) => totals },
  {
    asked: /\berrors?\b|\bfail|\bexception|\bcrash|\bpanic|\bbroke|\bwrong\b/i,
    linesOf: lines => matching(lines, line => speaks(line) && !/\bwarning\b/i.test(line)),
  },
]

const SKIPPED = /skip|ignored|pending|todo/i

/**
 * Lines that `query` asks for by their role: errors, warnings, totals, what was slow or skipped. `first` and `last` in it choose an end;
 * without them lines from both ends are likeliest. Empty where it names no role.
 */
export function roleLines(lines: readonly string[], totals: readonly number[], query: string): number[] {
  const found = ROLES.filter(({ asked }) => asked.test(query)).flatMap(({ linesOf }) =>
    ends(linesOf(lines, totals), query).slice(0, MOST),
  )
  return [...new Set(found)]
}

/** The question without the words that name roles: what is left names things. */
export const withoutRoles = (query: string): string =>
  query.replace(
    /\b(?:first|last|errors?|fail(?:ed|ing|ures?|s)?|lines?|warnings?|summary|totals?|results?|tests?|files?|skipped|slowest|passed)\b/gi,
    ' ',
  )

function matching(lines: readonly string[], is: (line: string) => boolean): number[] {
  return lines.flatMap((line, at) => (is(line.slice(0, JUDGED)) ? [at] : []))
}

/** From the end that the question names, else from both in turn. */
function ends(found: readonly number[], query: string): readonly number[] {
  if (/\bslow|\blongest\b/i.test(query)) return found
  const last = [...found].reverse()
  if (/\bfirst\b/i.test(query)) return found
  if (/\blast\b/i.test(query)) return last
  return found.flatMap((_, at) => (at * 2 < found.length ? [last[at]!, found[at]!] : []))
}

/** `(1.23s)`, `time="0.5"`, `"Elapsed":4.1`, `12 ms`. */
const DURATION = /(?:time="|"(?:elapsed|duration)": ?|\()(\d+(?:\.\d+)?)|\b(\d+(?:\.\d+)?) ?m?s\b/i

function slowest(lines: readonly string[]): number[] {
  const times = lines.flatMap((line, at) => {
    const [, quoted, plain] = DURATION.exec(line.slice(0, JUDGED)) ?? []
    const time = Number(quoted ?? plain)
    return time > 0 ? [{ at, time }] : []
  })
  return times.sort((a, b) => b.time - a.time || a.at - b.at).map(({ at }) => at)
}
