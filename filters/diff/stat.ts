import { isWord, namesOf, parseNames, printNames } from '../search/names.ts'

/**
 * A block of `git log --stat`, `git diff --stat`:
 *
 *   |src/flask/*.py: app=3+2- ctx=1+     files of one folder, lines added and removed
 *   |docs/big.rst=250:+++++---           lines changed, and the bar as it was drawn to scale
 *   |~ logo.png | Bin 0 -> 120 bytes     any other file, as it came
 *   |4 files 9+ 9-                       the totals; none where there is one file, whose numbers they are
 */
export function readStat(lines: readonly string[], at: number): { printed: string[]; count: number } | undefined {
  // A block is read from its first line on, or not at all.
  if (at > 0 && isRow(lines[at - 1]!)) return undefined
  let end = at
  while (end < lines.length && isRow(lines[end]!)) end++
  if (end === at || !SUMMARY.test(lines[end] ?? '')) return undefined
  const block = lines.slice(at, end + 1)
  const printed = printBlock(block)
  return writeStat(printed).join('\n') === block.join('\n') ? { printed, count: block.length } : undefined
}

const isRow = (line: string) => line.startsWith(' ') && line.length < 1000 && / \| +(?:\d+|Bin)/.test(line)

const ROW = /^ (\S+) +\| +(\d+)(?: (\+*)(-*))?$/
const SUMMARY = /^ (\d+) files? changed(?:, (\d+) insertions?\(\+\))?(?:, (\d+) deletions?\(-\))?$/

function printBlock(block: readonly string[]): string[] {
  const printed: string[] = []
  let files: { path: string; value: string }[] = []
  const close = () => {
    for (const line of printFiles(files)) printed.push(line)
    files = []
  }
  for (const line of block.slice(0, -1)) {
    const file = fileOf(line)
    if (file) files.push(file)
    else {
      close()
      printed.push(`${SIGN}~${line}`)
    }
  }
  close()
  const [, count, added = '', removed = ''] = SUMMARY.exec(block.at(-1)!)!
  const alone = count === '1' && block.length === 2 && printed[0]!.endsWith(`=${changes(added, removed)}`)
  if (!alone) printed.push(`${SIGN}${count} files${added && ` ${added}+`}${removed && ` ${removed}-`}`)
  return printed
}

export const SIGN = '|'

const changes = (added: string, removed: string) => `${added && `${added}+`}${removed && `${removed}-`}` || '0'

function fileOf(line: string): { path: string; value: string } | undefined {
  const found = ROW.exec(line)
  if (!found) return undefined
  const [, path, total, plus = '', minus = ''] = found
  const name = path!.slice(path!.lastIndexOf('/') + 1)
  if (!isWord(name) || /[=*\\]/.test(path!)) return undefined
  const exact = Number(total) === plus.length + minus.length
  const counts = changes(plus && `${plus.length}`, minus && `${minus.length}`)
  return { path: path!, value: exact ? counts : `${total}:${plus}${minus}` }
}

/** Files of one folder in one line, in their order. */
function printFiles(files: readonly { path: string; value: string }[]): string[] {
  const lines: string[] = []
  for (let i = 0; i < files.length; ) {
    const folder = folderOf(files[i]!.path)
    let end = i
    while (end < files.length && folderOf(files[end]!.path) === folder) end++
    const some = files.slice(i, end)
    let next = 0
    const word = (text: string) => `${text}=${some[next++]!.value}`
    const names = namesOf(some.map(({ path }) => path.slice(folder.length)))
    for (const line of names) {
      const alone = line.words.length === 1 && !line.before && !line.after
      lines.push(SIGN + (alone ? folder + word(line.words[0]!) : printNames(line, folder, word)))
    }
    i = end
  }
  return lines
}

const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/') + 1)

/** The lines of a block that readStat printed. Throws a RangeError on any other text. */
export function writeStat(printed: readonly string[]): string[] {
  const rows: { path: string; value: string; whole?: string }[] = []
  let summary: string | undefined
  for (const line of printed) {
    const text = line.slice(SIGN.length)
    const totals = /^(\d+) files(?: (\d+)\+)?(?: (\d+)-)?$/.exec(text)
    if (totals) summary = writeSummary(totals[1]!, totals[2], totals[3])
    else if (text.startsWith('~')) rows.push({ path: '', value: '', whole: text.slice(1) })
    else for (const file of filesIn(text)) rows.push(file)
  }
  // A row that stands as it came shows how wide the columns are.
  const path = longest(rows.map(row => (row.whole ? row.whole.lastIndexOf(' | ') - 1 : row.path.length)))
  const number = longest(rows.map(row => (row.whole ? numberWidth(row.whole) : totalOf(row.value).length)))
  const alone = rows.length === 1 && rows[0]!.value !== '' ? countsOf(rows[0]!.value) : undefined
  summary ??= alone && writeSummary('1', alone.added || undefined, alone.removed || undefined)
  if (summary === undefined) throw new RangeError('a block without totals')
  return [
    ...rows.map(
      row => row.whole ?? ` ${row.path.padEnd(path)} | ${totalOf(row.value).padStart(number)}${barOf(row.value)}`,
    ),
    summary,
  ]
}

/** git keeps room for the word `Bin` in the column of numbers. */
const numberWidth = (row: string) => (/ \| ( *(?:\d+|Bin))[^|]*$/.exec(row)?.[1] ?? '').length
const longest = (lengths: readonly number[]) => lengths.reduce((most, length) => Math.max(most, length), 0)

function filesIn(text: string): { path: string; value: string }[] {
  const names = parseNames(text) ?? { before: '', after: '', words: text.split(' ') }
  return names.words.map(word => {
    const cut = word.indexOf('=')
    return { path: names.before + word.slice(0, cut) + names.after, value: word.slice(cut + 1) }
  })
}

function countsOf(value: string): { added: string; removed: string } {
  const found = /^(?:(\d+)\+)?(?:(\d+)-)?$/.exec(value)
  return { added: found?.[1] ?? '', removed: found?.[2] ?? '' }
}

function totalOf(value: string): string {
  const cut = value.indexOf(':')
  if (cut >= 0) return value.slice(0, cut)
  const { added, removed } = countsOf(value)
  return String(Number(added) + Number(removed))
}

function barOf(value: string): string {
  const cut = value.indexOf(':')
  const { added, removed } = countsOf(value)
  const bar = cut >= 0 ? value.slice(cut + 1) : '+'.repeat(Number(added)) + '-'.repeat(Number(removed))
  return bar && ` ${bar}`
}

function writeSummary(files: string, added?: string, removed?: string): string {
  const counted = (count: string, word: string, sign: string) =>
    `, ${count} ${word}${count === '1' ? '' : 's'}(${sign})`
  const plus = added ? counted(added, 'insertion', '+') : ''
  return ` ${files} file${files === '1' ? '' : 's'} changed${plus}${removed ? counted(removed, 'deletion', '-') : ''}`
}
