import type { Layout } from './layout.ts'
import { rangesFrom, rangesTo } from './ranges.ts'

/**
 * The layout as words for the head line: `indent=2 eol`. Nothing where the text is minified already. No brackets or colons; undefined
 * where it cannot be said.
 */
export function printLayout(layout: Layout): string | undefined {
  const { indent, colon, comma, tail } = layout
  const words = [
    layout.bom && 'bom',
    layout.lines && 'ndjson',
    layout.before !== '' && `before=${encodeURIComponent(layout.before)}`,
    indent !== undefined && `indent=${indent === '\t' ? 'tab' : indent.length}`,
    layout.newline === '\r\n' && 'crlf',
    !layout.fit ? '' : `fit=${layout.fit}${layout.arrays ? 'a' : ''}`,
    layout.levels > 0 && `levels=${layout.levels}`,
    layout.rows && 'rows=lines',
    spacing(layout),
    layout.odd.length > 0 && `odd=${rangesTo(layout.odd)}`,
    layout.shifts.size > 0 && `shift=${[...layout.shifts].map(([slot, blanks]) => `${slot}x${blanks}`).join(',')}`,
    tail === layout.newline ? 'eol' : tail !== '' && `tail=${[...tail].map(char => TAIL[char]).join('')}`,
  ]
  const known = [': ', ':', ' : ', ' :'].includes(colon) && [',', ', '].includes(comma) && tail.length < 40
  const blank = indent === undefined || indent === '\t' || /^ {0,16}$/.test(indent)
  return known && blank ? words.filter(Boolean).join(' ') : undefined
}

const TAIL: Record<string, string> = { '\n': 'n', '\r': 'r', ' ': 's', '\t': 't' }

function spacing({ indent, colon, comma, pad }: Layout): string {
  const usual = indent === undefined ? ':,' : ': , '
  const marks = colon + comma
  const words = marks === usual ? '' : `sep=${marks.replaceAll(':', 'c').replaceAll(',', 'k').replaceAll(' ', '_')}`
  const padded = pad === (indent !== undefined) ? '' : pad ? 'pad' : 'nopad'
  return [words, padded].filter(Boolean).join(' ')
}

/** The inverse of printLayout; words that it does not know are left to others. */
export function parseLayout(note: string): Layout {
  const words = note.split(' ')
  const value = (name: string) => words.find(word => word.startsWith(`${name}=`))?.slice(name.length + 1)
  const level = value('indent')
  const indent = level === undefined ? undefined : level === 'tab' ? '\t' : ' '.repeat(Number(level))
  const newline = words.includes('crlf') ? '\r\n' : '\n'
  const marks = value('sep')?.replaceAll('_', ' ').replaceAll('c', ':').replaceAll('k', ',')
  const usual = indent === undefined ? ':,' : ': , '
  const at = (marks ?? usual).indexOf(',')
  const fit = value('fit')
  return {
    bom: words.includes('bom'),
    lines: words.includes('ndjson'),
    before: decodeURIComponent(value('before') ?? ''),
    indent,
    newline,
    colon: (marks ?? usual).slice(0, at),
    comma: (marks ?? usual).slice(at),
    pad: words.includes('pad') || (indent !== undefined && !words.includes('nopad')),
    fit: fit ? Number.parseInt(fit, 10) : 0,
    levels: Number(value('levels') ?? 0),
    rows: words.includes('rows=lines'),
    arrays: fit?.endsWith('a') ?? false,
    tail: words.includes('eol') ? newline : [...(value('tail') ?? '')].map(char => BLANK[char] ?? '').join(''),
    odd: rangesFrom(value('odd') ?? ''),
    shifts: new Map(
      (value('shift') ?? '')
        .split(',')
        .filter(Boolean)
        .map(pair => pair.split('x').map(Number) as [number, number]),
    ),
  }
}

const BLANK: Record<string, string> = { n: '\n', r: '\r', s: ' ', t: '\t' }
