import { lines as lineSelector, type Selector } from '../../ccr/select.ts'
import { isJsonReport } from './formats/json-sign.ts'

/** A text as the lines that formats read, and how to name some of them in the text. */
export interface Split {
  readonly lines: readonly string[]
  /** The selector of lines first..last, 1-based, inclusive. */
  readonly where: (first: number, last: number) => Selector
  /** What decode is told, to undo it. */
  readonly note: string
}

/** Where line ends are put in, and how they are taken out again. */
interface Cutting {
  readonly note: string
  readonly is: (text: string) => boolean
  readonly cut: (text: string) => string
  /** Line ends that were put in; a text that has such ones itself is not cut. */
  readonly joint: RegExp
}

/** A line longer than this is cut between tags. */
const LONG = 2000
const NAMES = '/?(?:testcase|testsuites?|failure|error|skipped|system-out|system-err|properties)\\b'
const BETWEEN = new RegExp(`><(?=${NAMES})`, 'g')

const XML: Cutting = {
  note: 'a line a tag where >< stood',
  is: isLongXml,
  cut: text => text.replace(BETWEEN, '>\n<'),
  joint: new RegExp(`(?<=>)\\n(?=<${NAMES})`, 'g'),
}

/** A message has its lines in one JSON string, and reporters print a test behind the other. */
export const JSON_LINES: Cutting = {
  note: 'lines cut behind \\n and },',
  is: text => isJsonReport(text),
  cut: text => text.replace(/\\n(?=[^"\n])|\},(?= ?\{)/g, '$&\n'),
  joint: /(?<=\\n)\n(?=[^"\n])|(?<=\},)\n(?= ?\{)/g,
}

const CUTTINGS: readonly Cutting[] = [XML, JSON_LINES]

/** The lines of `text`; XML and JSON that have long ones are cut between tags or objects, if joining them again is exact. */
export function splitText(text: string, at: (start: number, end: number) => Selector): Split {
  const cutting = CUTTINGS.find(({ is }) => is(text))
  if (!cutting || text.search(cutting.joint) >= 0) return { lines: text.split('\n'), where: lineSelector, note: '' }
  const lines = cutting.cut(text).split('\n')
  const starts = startsOf(text, lines)
  // With the line end behind them, where the text has one: a gap gives it back to lines.
  const where = (first: number, last: number) => at(starts[first - 1]!, starts[last] ?? text.length)
  return { lines, where, note: cutting.note }
}

/** Undoes it. */
export function joinedText(text: string, note: string): string {
  const cutting = CUTTINGS.find(one => note.includes(one.note))
  return cutting ? text.replace(cutting.joint, '') : text
}

function isLongXml(text: string): boolean {
  if (!/^\s*<(?:\?xml|testsuite)/.test(text.slice(0, 200))) return false
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\n', at)
    const stop = end < 0 ? text.length : end
    if (stop - at > LONG && text.slice(at, stop).includes('><testcase')) return true
    at = stop + 1
  }
  return false
}

/** Where each line begins in the text, UTF-16 units; a line end that was put in is not there. */
export function startsOf(text: string, lines: readonly string[]): number[] {
  const starts: number[] = []
  let at = 0
  for (const line of lines) {
    starts.push(at)
    at += line.length
    if (text[at] === '\n') at++
  }
  return starts
}
