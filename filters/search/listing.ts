import type { Signal } from '../filter.ts'
import { codeOf } from '../log/notation.ts'
import { type Encoded, literal } from './form.ts'
import { parseKeys } from './keys.ts'

/**
 * `ls -l` of one or more folders, mode, links and owners by a key, the date where it changes:
 *
 *   A=drwxr-xr-x 2 root root       a key; an empty line ends the keys
 *
 *   /etc/apt:                      lines that are no rows, as they came
 *   total 36
 *   A 4096 Nov 22 22:00 auth.d     a row
 *    4096 keys.d                   key and date are those of the row above
 *   \any other line
 *
 * Undefined where columns are not set as `ls` (GNU coreutils) does.
 */
export function printListing(lines: readonly string[], signal: Signal): Encoded | undefined {
  const blocks = blocksOf(lines)
  if (blocks.some(block => 'rows' in block && writeRows(block.rows).some((line, i) => line !== lines[block.first + i])))
    return undefined
  const names = new Map<string, string>()
  const body: string[] = []
  for (const block of blocks) {
    if (!('rows' in block)) {
      body.push(isRowLike(block.line) ? literal(block.line) : block.line)
      continue
    }
    let above: Row | undefined
    for (const row of block.rows) {
      signal.throwIfAborted()
      const meta = metaOf(row)
      if (!names.has(meta)) names.set(meta, codeOf(names.size, 'A'))
      const key = above && metaOf(above) === meta ? '' : names.get(meta)
      const date = above?.date === row.date ? '' : `${row.date} `
      body.push(`${key} ${row.size} ${date}${row.name}`)
      above = row
    }
  }
  return { lines: [...[...names].map(([meta, name]) => `${name}=${meta}`), '', ...body] }
}

interface Row {
  readonly mode: string
  readonly links: string
  readonly owner: string
  readonly group: string
  readonly size: string
  readonly date: string
  readonly name: string
}

const DATE = '[A-Z][a-z]{2} [ \\d]\\d (?:\\d\\d:\\d\\d| \\d{4})|\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d'
const ROW = new RegExp(`^([-bcdlpsDL][-rwxsStTlL]{9}[.+@]?) +(\\d+) (\\S+) +(\\S+) +([\\d.]+[KMGTP]?) (${DATE}) (.*)$`)
/** Names that could be taken for a date stay as they are, with their rows. */
const DATED = new RegExp(`^(?:${DATE}) `)

const metaOf = ({ mode, links, owner, group }: Row) => `${mode} ${links} ${owner} ${group}`

export function isListed(line: string): boolean {
  return ROW.test(line)
}

function rowOf(line: string): Row | undefined {
  const found = line.length < 1000 ? ROW.exec(line) : null
  if (!found || DATED.test(found[7]!)) return undefined
  const [, mode, links, owner, group, size, date, name] = found as unknown as string[]
  return { mode: mode!, links: links!, owner: owner!, group: group!, size: size!, date: date!, name: name! }
}

type Block = { readonly first: number; readonly rows: readonly Row[] } | { readonly line: string }

/** Rows that stand together, since each listing has widths of its own. */
function blocksOf(lines: readonly string[]): Block[] {
  const blocks: Block[] = []
  let rows: Row[] = []
  const close = (end: number) => {
    if (rows.length) blocks.push({ first: end - rows.length, rows })
    rows = []
  }
  for (const [i, line] of lines.entries()) {
    const row = rowOf(line)
    if (row) rows.push(row)
    else {
      close(i)
      blocks.push({ line })
    }
  }
  close(lines.length)
  return blocks
}

/** Columns as wide as their widest cell: numbers to the right, names to the left. */
function writeRows(rows: readonly Row[]): string[] {
  const width = (column: keyof Row) => rows.reduce((most, row) => Math.max(most, row[column].length), 0)
  const widths = {
    mode: width('mode'),
    links: width('links'),
    owner: width('owner'),
    group: width('group'),
    size: width('size'),
  }
  return rows.map(({ mode, links, owner, group, size, date, name }) => {
    const owners = `${owner.padEnd(widths.owner)} ${group.padEnd(widths.group)}`
    return `${mode.padEnd(widths.mode)} ${links.padStart(widths.links)} ${owners} ${size.padStart(widths.size)} ${date} ${name}`
  })
}

const PRINTED = new RegExp(`^([A-Z]*) ([\\d.]+[KMGTP]?) (?:(${DATE}) )?(.*)$`)
const isRowLike = (line: string) => line.startsWith('\\') || PRINTED.test(line)

/** The inverse of printListing. Throws a RangeError on any other text. */
export function parseListing(body: readonly string[]): string[] {
  const { texts, end } = parseKeys(body)
  const lines: string[] = []
  let rows: Row[] = []
  const close = () => {
    for (const line of writeRows(rows)) lines.push(line)
    rows = []
  }
  for (const line of body.slice(end)) {
    const found = PRINTED.exec(line)
    const above = rows.at(-1)
    const meta = found?.[1] ? texts.get(found[1]) : above && metaOf(above)
    const date = found?.[3] ?? above?.date
    if (!found) {
      close()
      lines.push(line.startsWith('\\') ? line.slice(1) : line)
    } else if (meta === undefined || date === undefined) throw new RangeError('a row without a key or a date')
    else {
      const [mode, links, owner, group] = meta.split(' ') as [string, string, string, string]
      rows.push({ mode, links, owner, group, size: found[2]!, date, name: found[4]! })
    }
  }
  close()
  return lines
}
