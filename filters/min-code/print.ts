import { lines as lineSelector, type Selector } from '../../ccr/select.ts'
import type { Cuts } from './cuts.ts'
import { indentOf } from './lines.ts'
import { raisedIn } from './raises.ts'
import type { Code } from './units.ts'

/** Where a code's lines stand in the text that was given: numbers in front of lines, other text above. */
export interface Page {
  /** Lines of the text above the code's first. */
  readonly above: number
  /** A line, 0-based in the code, as it stands there: with a number in front, as a string of JSON. */
  readonly shown?: (line: number) => string
  /** The line that stands for a gap's lines, from first to last, as it would stand there. */
  readonly gap?: (first: number, last: number, words: string) => string
  /** The number that the page itself gives a line, where that is not the text's own. */
  readonly number?: (line: number) => number
}

/** A run of lines that is not shown. */
export interface Gap {
  readonly first: number
  readonly last: number
}

/** What has a frame of its own begins a gap of its own. */
export function gapsOf({ gone, frames }: Cuts): Gap[] {
  const gaps: Gap[] = []
  for (let line = 0; line < gone.length; line++) {
    if (!gone[line]) continue
    const first = line
    while (line + 1 < gone.length && gone[line + 1] && !frames.has(line + 1)) line++
    gaps.push({ first, last: line })
  }
  return gaps
}

/**
 * The code with a comment in the place of each gap. The comment's line stands for the gap's lines, so that decoding puts them in its
 * place whatever it begins with.
 */
export function printed(
  code: Code,
  cuts: Cuts,
  omit: (where: Selector, what: string, rule: string) => string,
  page: Page = { above: 0 },
): string {
  const { lines } = code
  let out = ''
  let line = 0
  const keep = (end: number) => {
    if (!page.shown)
      out += lines.text.slice(lines.starts[line] ?? lines.text.length, lines.starts[end] ?? lines.text.length)
    else for (; line < end; line++) out += page.shown(line)
  }
  for (const { first, last } of gapsOf(cuts)) {
    keep(first)
    const where = lineSelector(page.above + first + 1, page.above + last + 1)
    const marker = omit(where, whatOf(code, first, last, page, cuts.brief), cuts.rules.get(first) ?? 'body')
    const frame = cuts.frames.get(first) ?? `${indentOf(firstWords(code, first, last))}${code.language.comment} `
    const words = `${frame}${marker}${cuts.tails.get(first) ?? ''}`
    out += page.gap?.(first, last, words) ?? `${words}${lineEndOf(lines.slice(last, last))}`
    line = last + 1
  }
  keep(lines.count)
  return out
}

export const lineEndOf = (line: string): string => /\r?\n$/.exec(line)?.[0] ?? ''

function firstWords({ lines }: Code, first: number, last: number): string {
  for (let line = first; line <= last; line++) {
    const text = lines.line(line)
    if (/\S/.test(text)) return text
  }
  return ''
}

/** `12 lines`, with the page's own numbers and what is raised in them. */
function whatOf(code: Code, first: number, last: number, { number }: Page, brief: boolean): string {
  const count = last - first + 1
  const own = number ? [`${number(first)}-${number(last)}`] : []
  const remarks = [...own, ...raisedIn(code, first, last, brief)]
  return `${count} line${count === 1 ? '' : 's'}${remarks.length > 0 ? `: ${remarks.join('; ')}` : ''}`
}
