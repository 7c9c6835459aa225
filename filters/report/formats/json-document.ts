import type { Child } from '../../../ccr/json-scan.ts'
import type { LineRange } from '../../../ccr/select.ts'
import type { Signal } from '../../filter.ts'
import { type Format, type Outcome, type Report, reportOf, type Test } from '../report.ts'
import { JSON_LINES, joinedText, startsOf } from '../split.ts'
import { type ReportDocument, readers, type TestObject, Walk } from './json-readers.ts'
import { isJsonReport } from './json-sign.ts'

/** The JSON reporters of jest 30, vitest 4, mocha 12, pytest-json-report 1.5 and Playwright 1.5: one document with totals in it. */
export const jsonDocument: Format = {
  name: 'JSON reporter',
  is: lines => isJsonReport(lines.slice(0, 400).join('\n')),
  parse,
}

function parse(lines: readonly string[], signal: Signal): Report | undefined {
  const text = joinedText(lines.join('\n'), JSON_LINES.note)
  signal.throwIfAborted(1 + (text.length >> 6))
  const document = parsed(text)
  const reader = document && readers.find(({ is }) => is(document))
  if (!reader) return undefined
  const walk = new Walk(text, signal)
  const places = new Lines(text, lines)
  const tests = reader.tests(walk).flatMap(child => {
    const object = JSON.parse(text.slice(child.value, child.end)) as TestObject | null
    const said = object !== null && typeof object === 'object' ? reader.test(object) : undefined
    return said ? [testOf(said, places.of(child, said.outcome === 'failed'))] : []
  })
  const again =
    reader.again?.(walk).map((child): Test => ({ name: '', outcome: 'passed', lines: places.of(child) })) ?? []
  const report = reportOf('JSON reporter', tests, { own: reader.own(document) })
  return { ...report, passes: [...report.passes, ...again] }
}

function parsed(text: string): ReportDocument | undefined {
  try {
    return JSON.parse(text.replace(/^\ufeff/, '')) as ReportDocument
  } catch (cause) {
    // A RangeError is nesting too deep for this engine's parser.
    if (cause instanceof SyntaxError || cause instanceof RangeError) return undefined
    throw cause
  }
}

const testOf = (
  { name, outcome, message }: { name: string; outcome: Outcome; message?: string | undefined },
  lines: readonly LineRange[],
): Test => ({ name: String(name), outcome, ...(typeof message === 'string' && { message }), lines })

/** Which lines an item has for itself, a comma behind it among them; what failed is shown with what shares its lines. */
class Lines {
  readonly #text: string
  readonly #lines: readonly string[]
  readonly #starts: readonly number[]

  constructor(text: string, lines: readonly string[]) {
    this.#text = text
    this.#lines = lines
    this.#starts = startsOf(text, lines)
  }

  of({ start, end }: Child, shared = false): LineRange[] {
    const first = this.#lineAt(start)
    const last = this.#lineAt(end - 1)
    const before = this.#text.slice(this.#starts[first], start)
    const after = this.#text.slice(end, this.#starts[last]! + this.#lines[last]!.length)
    return shared || (before.trim() === '' && /^\s*,?\s*$/.test(after)) ? [[first + 1, last + 1]] : []
  }

  /** The last line that begins at or before `offset`. */
  #lineAt(offset: number): number {
    let low = 0
    let high = this.#starts.length
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (this.#starts[middle]! <= offset) low = middle
      else high = middle
    }
    return low
  }
}
