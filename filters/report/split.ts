import { lines as lineSelector, type Selector } from '../../ccr/select.ts'

/** A text as the lines that formats read, and how to name some of them in the text. */
export interface Split {
  readonly lines: readonly string[]
  /** The selector of lines first..last, 1-based, inclusive. */
  readonly where: (first: number, last: number) => Selector
  /** What decode is told, to undo it. */
  readonly note: string
}

/** A line longer than this is cut between tags. */
const LONG = 2000
const NAMES = '/?(?:testcase|testsuites?|failure|error|skipped|system-out|system-err|properties)\\b'
const BETWEEN = new RegExp(`><(?=${NAMES})`, 'g')
const JOINT = new RegExp(`>\\n<(?=${NAMES})`, 'g')
const NOTE = 'a line a tag where >< stood'

/** The lines of `text`; XML without line ends (pytest --junitxml) is cut between its tags, if joining them again is exact. */
export function splitText(text: string, at: (start: number, end: number) => Selector): Split {
  if (!isLongXml(text) || text.search(JOINT) >= 0) return { lines: text.split('\n'), where: lineSelector, note: '' }
  const lines = text.replace(BETWEEN, '>\n<').split('\n')
  const starts = startsOf(text, lines)
  const where = (first: number, last: number) => at(starts[first - 1]!, starts[last - 1]! + lines[last - 1]!.length)
  return { lines, where, note: NOTE }
}

/** Undoes it. */
export const joinedText = (text: string, note: string): string =>
  note.includes(NOTE) ? text.replace(JOINT, '><') : text

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

/** Where each line begins in the text; a line end that was put in is not there. */
function startsOf(text: string, lines: readonly string[]): number[] {
  const starts: number[] = []
  let at = 0
  for (const line of lines) {
    starts.push(at)
    at += line.length
    if (text[at] === '\n') at++
  }
  return starts
}
