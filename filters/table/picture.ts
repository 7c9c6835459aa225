import type { Layout } from './grid.ts'

/** A column of padded cells, and the text between it and the next. */
export interface Field {
  readonly align: '<' | '>'
  /** Characters that a cell is padded to; 0 where it is not. */
  readonly width: number
  /** What follows the cell: spaces, or a bar. */
  readonly gap: string
}

/** Lines of padded cells as one of them would look: `| <12 | >5 |`, `<24   <7   >4`. */
export interface Picture {
  readonly lead: string
  readonly fields: readonly Field[]
  /** Spaces at line ends are cut off. */
  readonly trimmed: boolean
  readonly crlf: boolean
}

const KIND = 'cols'

export function pictureLayout(picture: Picture, headed: boolean): Layout {
  const join = (cells: readonly string[]) => drawn(picture, cells)
  return { spec: printPicture(picture, headed), separator: ',', join, ...(headed && { header: join }) }
}

/** The line of these cells. */
export function drawn({ lead, fields, trimmed, crlf }: Picture, cells: readonly string[]): string {
  let line = lead
  fields.forEach(({ align, width, gap }, at) => {
    const cell = cells[at]!
    line += (align === '<' ? cell.padEnd(width) : cell.padStart(width)) + gap
  })
  return (trimmed ? line.trimEnd() : line) + (crlf ? '\r' : '')
}

function printPicture({ lead, fields, trimmed, crlf }: Picture, headed: boolean): string {
  const flags = `${trimmed ? ' trimmed' : ''}${crlf ? ' crlf' : ''}${headed ? '' : ' headless'}`
  return `${KIND}${flags}: ${escaped(lead)}${fields.map(({ align, width, gap }) => `${align}${width}${escaped(gap)}`).join('')}`
}

const escaped = (text: string) => text.replace(/[<>\\\d]/g, '\\$&')

/** The layout that printPicture printed, or undefined for other specs. */
export function parsePicture(spec: string): Layout | undefined {
  const found = /^cols((?: trimmed| crlf| headless)*): (.*)$/.exec(spec)
  if (!found) return undefined
  const [, flags, text] = found as unknown as [string, string, string]
  const fields: Field[] = []
  let lead = ''
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!
    if (char === '<' || char === '>') {
      let digits = ''
      while (text[i + 1]! >= '0' && text[i + 1]! <= '9') digits += text[++i]
      fields.push({ align: char, width: Number(digits), gap: '' })
      continue
    }
    const literal = char === '\\' ? (text[++i] ?? '') : char
    const last = fields.at(-1)
    if (last) fields[fields.length - 1] = { ...last, gap: last.gap + literal }
    else lead += literal
  }
  const picture = { lead, fields, trimmed: flags.includes('trimmed'), crlf: flags.includes('crlf') }
  return pictureLayout(picture, !flags.includes('headless'))
}

/** How the fields of one column (with their padding) are made, so that most of them come back. */
export function fieldOf(raws: readonly string[], gap: string): Field {
  if (!raws.some(raw => raw.startsWith(' ') || raw.endsWith(' '))) return { align: '<', width: 0, gap }
  const lengths = new Map<number, number>()
  for (const { length } of raws) lengths.set(length, (lengths.get(length) ?? 0) + 1)
  let width = 0
  let most = 0
  for (const [length, count] of lengths)
    if (count > most) {
      width = length
      most = count
    }
  const fits = (align: '<' | '>') => raws.filter(raw => cellIn(raw, { align, width, gap }) !== undefined).length
  const [left, right] = [fits('<'), fits('>')]
  if (most < 0.7 * raws.length || Math.max(left, right) < 0.8 * raws.length) return { align: '<', width: 0, gap }
  return { align: right > left ? '>' : '<', width, gap }
}

/** The cell that gives the field back when it is padded; undefined where none does. */
export function cellIn(raw: string, { align, width }: Field): string | undefined {
  if (width === 0) return raw
  const cell = align === '<' ? raw.trimEnd() : raw.trimStart()
  const padded = align === '<' ? cell.padEnd(width) : cell.padStart(width)
  if (padded === raw) return cell
  return raw.length >= width ? raw : undefined
}
