import { markerAt } from '../../ccr/marker.ts'
import type { Selector } from '../../ccr/select.ts'
import { Tables } from '../table/decode.ts'
import { endOfName } from './marks.ts'
import { xmlRows } from './rows.ts'
import { declarationOf, lineIndent, parseStyle, type Style } from './style.ts'
import { type Element, parseElement, printTag, spaceOf, unblocked } from './tag.ts'

type Gap = (where: Selector) => string

/** From a body and its note to the text. Throws a RangeError on a body that this filter did not write. */
export function decode(body: string, gap: Gap, note: string): string {
  const style = parseStyle(note)
  const rows: string[] = []
  let depth = 0
  const layoutOf = (spec: string) => {
    depth = spec.length - spec.trimStart().length
    return xmlRows(spec)
  }
  const rowGap: Gap = where => `${' '.repeat(depth)}${GAP}${rows.push(gap(where)) - 1}`
  const lines = new Tables(body, layoutOf, rowGap).read().join('\n').split('\n')
  const places: string[] = []
  const fill = (missing: string) => {
    places.push(missing)
    return GAP
  }
  const text = new Reader(lines, style, {
    filled: where => fill(gap(where)),
    rows: at => fill((rows[at] ?? '').replace(/\r?\n$/, '')),
  }).read()
  const own = (style.crlf ? text.replaceAll('\n', '\r\n') : text).split(GAP)
  return (style.bom ? '\ufeff' : '') + own.map((part, at) => part + (places[at] ?? '')).join('')
}

/** What fills a gap is placed unread: until all is done, this stands for it, which no XML can hold. */
const GAP = '\u0000'

interface Fill {
  filled(where: Selector): string
  /** The rows that a marker in a table stands for. */
  rows(at: number): string
}

interface Open {
  readonly name: string
  readonly depth: number
  readonly indent: string
  readonly isInline: boolean
  gap: string
}

class Reader {
  readonly #lines: readonly string[]
  readonly #style: Style
  readonly #fill: Fill
  readonly #open: Open[]
  #at = 0
  #blank = 0
  #out: string[] = []

  constructor(lines: readonly string[], style: Style, fill: Fill) {
    this.#lines = lines
    this.#style = style
    this.#fill = fill
    if (style.encoding) this.#out.push(declarationOf(style.encoding))
    this.#open = [{ name: '', depth: -1, indent: '', isInline: false, gap: style.encoding ? '\n' : '' }]
  }

  read(): string {
    while (this.#at < this.#lines.length) {
      const line = this.#lines[this.#at++]!
      if (line === '') this.#blank++
      else if (line.startsWith('//')) {
        this.#closeTo(0)
        return this.#out.join('') + spaceOf(line.slice(2))
      } else this.#line(line)
    }
    this.#closeTo(0)
    return `${this.#out.join('')}\n`
  }

  #line(line: string): void {
    let depth = 0
    while (line[depth] === ' ') depth++
    const rest = line.slice(depth)
    this.#closeTo(rest[0] === '/' ? depth + 1 : depth)
    const top = this.#open.at(-1)!
    if (rest[0] === '/') this.#close(spaceOf(rest.slice(1)))
    else if (rest[0] === GAP) {
      this.#out.push('\n'.repeat(this.#blank + 1), this.#fill.rows(Number(rest.slice(1))))
      this.#blank = 0
    } else if (rest[0] === '^') top.gap = spaceOf(rest.slice(1))
    else {
      this.#out.push('\n'.repeat(this.#blank), top.gap)
      this.#blank = 0
      this.#node(rest, depth, lineIndent(top.gap) ?? top.indent, top)
      if (top.depth < 0 && top.gap === '') top.gap = '\n'
    }
  }

  #node(rest: string, depth: number, indent: string, parent: Open): void {
    if (rest[0] === '<') this.#out.push(rest)
    else if (rest[0] === '|') this.#out.push(this.#take(Number(rest.slice(1))).join('\n'))
    else if (rest[0] === '[') this.#out.push(this.#filled(rest))
    else if (rest[0] === '%') {
      const tag = rest[1] === '<' ? rest.slice(1) : this.#take(Number(rest.slice(1))).join('\n')
      this.#out.push(tag)
      this.#push(tag.slice(1, endOfName(tag, 1)), depth, indent, parent.isInline)
    } else this.#element(parseElement(rest), depth, indent, parent)
  }

  #element(element: Element, depth: number, indent: string, parent: Open): void {
    this.#out.push(printTag(element, indent, this.#style))
    if (element.lines > 0) {
      const lines = this.#take(element.lines)
      const text = element.isBlock
        ? unblocked(
            lines.map(line => (line === '' ? '' : line.slice(depth + 1))),
            indent,
            this.#style.unit,
          )
        : lines.join('\n')
      this.#out.push('>', text, `</${element.name}>`)
    } else if (element.text !== undefined) this.#out.push('>', this.#filled(element.text), `</${element.name}>`)
    else if (this.#goesOn(depth)) {
      this.#out.push('>')
      this.#push(element.name, depth, indent, parent.isInline || element.isInline)
    } else if (this.#style.empty === '></>') this.#out.push('></', element.name, '>')
    else this.#out.push(this.#style.empty)
  }

  /** Does the next line stand below one of this depth? */
  #goesOn(depth: number): boolean {
    let at = this.#at
    while (this.#lines[at] === '') at++
    return (this.#lines[at] ?? '').startsWith(' '.repeat(depth + 1))
  }

  #push(name: string, depth: number, indent: string, isInline: boolean): void {
    this.#open.push({ name, depth, indent, isInline, gap: isInline ? '' : `\n${indent}${this.#style.unit}` })
  }

  #take(count: number): readonly string[] {
    const lines = this.#lines.slice(this.#at, this.#at + count)
    if (lines.length < count || !(count > 0)) throw new RangeError('a text that is cut off')
    this.#at += count
    return lines
  }

  /** What stands for all of this text where it is a marker. */
  #filled(text: string): string {
    const marker = this.#style.hasMarkers ? undefined : markerAt(text, 0)
    return marker?.end === text.length ? this.#fill.filled(marker.where) : text
  }

  #closeTo(depth: number): void {
    for (let top = this.#open.at(-1)!; top.depth >= depth; top = this.#open.at(-1)!)
      this.#close(top.isInline ? '' : `\n${top.indent}`)
  }

  #close(gap: string): void {
    const { name } = this.#open.pop()!
    this.#out.push(gap, '</', name, '>')
  }
}
