import { have, type Sample } from './sample.ts'

/** Bytes that are no text: NUL and other control characters, or bytes that are not UTF-8 (one lone surrogate each). */
export function isBinary({ head }: Sample): boolean {
  let odd = 0
  for (let i = 0; i < head.length; i++) {
    const unit = head.charCodeAt(i)
    if (unit === 0) return true
    if (unit < 0x20 && (unit < 0x07 || (unit > 0x0d && unit !== 0x1b))) odd++
    else if (unit >= 0xdc80 && unit <= 0xdcff && !isLead(head.charCodeAt(i - 1))) odd++
  }
  return odd > 0.02 * head.length
}

const isLead = (unit: number) => unit >= 0xd800 && unit <= 0xdbff

/** XML and HTML: it opens with a tag, and tags stand on many lines. A README that opens with a centred logo is none. */
export function isMarkup({ head, lines }: Sample): boolean {
  if (/^\s*<(\?xml|!doctype|html|svg)\b/i.test(head.slice(0, 400))) return true
  // Behind a warning that went to the same place.
  if (/^(?:[^\n<]{0,300}\n){1,3}<(?:!doctype html|html[\s>]|\?xml )/i.test(head.slice(0, 1000))) return true
  return /^\s*<[a-zA-Z!]/.test(head.slice(0, 400)) && have(lines, /<\/?[a-zA-Z][^<>]*>/, 0.5)
}

/** Diffs, patches, and what git log, show and blame print. */
export function isVersionControl({ lines }: Sample): boolean {
  const top = lines.slice(0, 60)
  if (top.some(line => /^(diff --git |diff -\S* |Index: |commit [0-9a-f]{7,64}( |$))/.test(line))) {
    if (/^commit [0-9a-f]{7,64}/.test(lines[0] ?? '')) return true
    return have(lines, /^([-+ @]|diff |Index: |index |---|\+\+\+)/, 0.5)
  }
  const headers = top.findIndex((line, i) => line.startsWith('--- ') && (top[i + 1] ?? '').startsWith('+++ '))
  if (headers >= 0 && top.some(line => /^@@ -\d/.test(line))) return have(lines, /^[-+ @]/, 0.5)
  return have(lines, BLAME, 0.8) || have(lines, ONE_LINE, 0.9)
}

/** git log --oneline: a hash has digits and letters. */
const ONE_LINE = /^(?=[a-f]*\d)[0-9a-f]{7,12} \S/
const BLAME = /^\^?[0-9a-f]{7,40} (\S+ +)?\(.{1,80} \d{4}-\d\d-\d\d [\d:]{8} [-+]\d{4} +\d+\) ?/

/** Search hits: `path:12:text` (rg -n, grep -n, compilers), or numbered lines below paths (rg --heading). */
export function isSearch({ lines }: Sample): boolean {
  if (lines.length < 2) return false
  if (have(lines, HIT, 0.5)) return true
  return have(lines, /^\d+[:-](?!\d\d?-\d)/, 0.6) && have(lines, /^\.{0,2}[\w./@+-]*[./][\w./@+-]*$/, 0.02)
}

const HIT = /^(?!\S*\d\d:\d\d:\d\d)(?=[^\s:,]*[A-Za-z])(?=[^\s:,]*[./])[^\s:,]+[:-]\d+[:-]/

/** What `ls -l` and its kin print: permissions, owners, sizes and dates of files. */
export const isListing = ({ lines }: Sample): boolean =>
  have(lines, /^(?:[-dlcbps][rwxsStT-]{9}|total \d+$|\S+:$)/, 0.8)

/** Columns set with spaces, as ps, docker and kubectl print them. Two spaces behind a full stop set no column. */
export const isColumns = ({ lines }: Sample): boolean => have(lines, /[^\s.!?:] {2,}\S.*[^\s.!?:] {2,}\S/, 0.6)

/** Rows of equal shape: CSV, or tabs, pipes and semicolons below a line of names. Dates in it make it no log. */
export function isTable({ head, lines }: Sample): boolean {
  const rows = lines.slice(0, 200).filter(line => line.length < 1000)
  if (rows.length < 3 || head.startsWith('#') || have(rows, /\{"|=> /, 0.2)) return false
  return [',', ';', '\t', '|'].some(delimiter => isTableOf(rows, delimiter))
}

function isTableOf(rows: readonly string[], delimiter: string): boolean {
  const cells = cellsOf(rows[0]!, delimiter)
  if (cells < 2) return false
  let equal = rows.length
  for (const row of rows) if (cellsOf(row, delimiter) !== cells && --equal < 0.9 * rows.length) return false
  const header = /^[^\d.!?]*$/.test(rows[0]!.slice(0, 60)) && !/[,;] /.test(rows[0]!)
  if (header || delimiter === '\t' || delimiter === '|') return header
  // Without names: what begins with a time and goes on in words is a log, what has few cells and many words a sentence.
  if (have(rows, /^\[?\d{4}[-/]\d\d.*(?: \S+){8}/, 0.5)) return false
  return cells > 3 || have(rows, /^\S*( \S+){0,3}$/, 0.8)
}

function cellsOf(row: string, delimiter: string): number {
  const code = delimiter.charCodeAt(0)
  let cells = 1
  let quoted = false
  for (let i = 0; i < row.length; i++) {
    const unit = row.charCodeAt(i)
    if (unit === 34) quoted = !quoted
    else if (unit === code && !quoted) cells++
  }
  return cells
}

/** YAML, TOML, INI, properties, .env: keys with short values. A speaker's label has a sentence behind it. */
export function isConfig({ lines }: Sample): boolean {
  return have(lines, KEY_VALUE, 0.5)
}

const KEY_VALUE =
  /^\s*(- )?("[^"]{1,80}"|'[^']{1,80}'|[\w./$@{}[\]-]{1,80})\s?[:=]+(\s*$|\s*["'[{&*|>]|\s*\S+(\s+\S+){0,2}\s*$)|^\s*- [\w./:@"'-]+\s*$|^\[{1,2}[\w."' -]+\]{1,2}\s*$/
