import { markerAt } from '../../ccr/marker.ts'
import { Cursor } from './cursor.ts'
import { memberStep } from './gaps.ts'
import { parseTemplate } from './head.ts'
import { FLOW, type Stop } from './notation.ts'
import { type Frame, framesOf } from './row.ts'
import type { Part } from './templates.ts'

/** A column as its head tells it. */
export interface Column {
  readonly name: string
  /** Names as JSON strings, elements as `[0]`. */
  readonly path: readonly string[]
  /** The path as a selector's steps. */
  readonly step: string
  readonly what: 'member' | 'name' | 'value' | 'element'
  readonly rule: Rule
}

export type Rule =
  | { readonly kind: 'plain'; readonly typed: boolean }
  | { readonly kind: 'gap' }
  | { readonly kind: 'constant'; readonly text: string; readonly stop: Stop }
  | { readonly kind: 'template'; readonly parts: readonly Part[]; readonly number: boolean; readonly hasHole: boolean }
  | { readonly kind: 'letters'; readonly texts: ReadonlyMap<string, string> }

/** What the head of a shape or a table says. */
export interface Table {
  readonly sign: string
  readonly columns: readonly Column[]
  readonly names: ReadonlyMap<string, number>
  readonly keyed: boolean
  /** The columns, by number, that have cells; those that are the same in all rows, and the others; those left out; those with templates. */
  readonly cells: readonly number[]
  readonly constants: readonly number[]
  readonly varying: readonly number[]
  readonly omitted: readonly number[]
  readonly templates: readonly number[]
  /** What stands round each value, and what closes a row. */
  readonly frames: readonly Frame[]
  readonly end: ReturnType<typeof framesOf>['end']
}

/** Reads a head, which begins with the sign that parts its cells. */
export function readHead(text: string, at: number): Table {
  const sign = text[at]!
  // Brackets round the columns: the elements of arrays, which have no names.
  const tuple = text[at + 1] === '['
  const cursor = tuple ? new Cursor(text.slice(0, -1), at + 2) : new Cursor(text, at + 1)
  const drafts: { name: string; path: string[]; rule: string | Rule }[] = []
  do drafts.push(columnHead(cursor, sign))
  while (cursor.next(sign))
  if (tuple) for (const [i, draft] of drafts.entries()) drafts[i] = { ...draft, name: String(i) }
  if (cursor.at < cursor.text.length) throw new RangeError('a head has more than columns')
  const names = new Map(drafts.map(({ name }, i) => [name, i]))
  const columns = drafts.map(({ name, path, rule }): Column => {
    const what = tuple ? 'element' : name === '@' ? 'value' : name === '@key' ? 'name' : 'member'
    return {
      name,
      path,
      step: what === 'member' ? path.map(memberStep).join('') : '',
      what,
      rule: typeof rule === 'string' ? templateRule(rule, names) : rule,
    }
  })
  const where = (test: (rule: Rule) => boolean) => columns.flatMap(({ rule }, i) => (test(rule) ? [i] : []))
  return {
    sign,
    columns,
    names,
    keyed: columns[0]!.what === 'name',
    cells: where(hasCells),
    constants: where(({ kind }) => kind === 'constant'),
    varying: where(({ kind }) => kind !== 'constant'),
    omitted: where(({ kind }) => kind === 'gap'),
    templates: where(({ kind }) => kind === 'template'),
    ...framesOf(columns.map(({ path }) => path)),
  }
}

const hasCells = (rule: Rule): boolean =>
  rule.kind === 'plain' || rule.kind === 'letters' || (rule.kind === 'template' && rule.hasHole)

/** A column's name and rule; a template is given as its text with its sign, since it may name later columns. */
function columnHead(cursor: Cursor, sign: string): { name: string; path: string[]; rule: string | Rule } {
  const path: string[] = []
  const name = cursor.name(path, sign)
  const mark = cursor.text[cursor.at]
  if (mark === '=') {
    const marker = markerAt(cursor.text, ++cursor.at)
    if (marker) {
      cursor.at = marker.end
      return { name, path, rule: { kind: 'gap' } }
    }
    return { name, path, rule: { kind: 'constant', text: cursor.skipped(sign), stop: sign } }
  }
  if (mark === '{') return { name, path, rule: lettersRule(cursor) }
  if (mark !== ':' && mark !== '#') return { name, path, rule: { kind: 'plain', typed: false } }
  cursor.at++
  const text = cursor.text[cursor.at] === '"' ? cursor.quoted().slice(1, -1) : cursor.bare(sign)
  if (mark === ':' && text === 'str') return { name, path, rule: { kind: 'plain', typed: true } }
  return { name, path, rule: mark + text }
}

function lettersRule(cursor: Cursor): Rule {
  cursor.expect('{')
  const texts = new Map<string, string>()
  do {
    const letter = cursor.bare('=')
    cursor.expect('=')
    texts.set(letter, cursor.skipped(FLOW))
  } while (cursor.next(';'))
  cursor.expect('}')
  return { kind: 'letters', texts }
}

function templateRule(text: string, names: ReadonlyMap<string, number>): Rule {
  const parts = parseTemplate(text.slice(1), names)
  const hasHole = parts.some(part => typeof part !== 'string' && part.kind === 'hole')
  return { kind: 'template', parts, number: text.startsWith('#'), hasHole }
}
