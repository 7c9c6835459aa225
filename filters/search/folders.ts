import type { Signal } from '../filter.ts'
import { type Encoded, literal } from './form.ts'
import { isWord, namesOf, parseNames, printNames } from './names.ts'

/**
 * `ls -R`, the names of each folder in a line or a few, without the empty lines before folders:
 *
 *   src/auth:
 *    *.ts: login token
 *    README.md
 *   \any other line
 */
export function printFolders(lines: readonly string[], signal: Signal): Encoded {
  const body: string[] = []
  let names: string[] = []
  const close = () => {
    for (const some of namesOf(names)) body.push(` ${printNames(some)}`)
    names = []
  }
  for (let i = 0; i < lines.length; i++) {
    signal.throwIfAborted()
    const parted = lines[i] === '' && isFolder(lines[i + 1])
    if (parted || (i === 0 && isFolder(lines[0]))) {
      close()
      if (parted) i++
      body.push(lines[i]!)
    } else if (isWord(lines[i]!)) names.push(lines[i]!)
    else {
      close()
      body.push(literal(lines[i]!))
    }
  }
  close()
  return { lines: body }
}

const isFolder = (line: string | undefined) => line !== undefined && /^[^\s\\][^\n]*:$/.test(line)

/** The inverse of printFolders. */
export function parseFolders(body: readonly string[]): string[] {
  const lines: string[] = []
  for (const line of body) {
    if (line.startsWith('\\')) lines.push(line.slice(1))
    else if (line.startsWith(' ')) {
      const { before, after, words } = parseNames(line.slice(1)) ?? {
        before: '',
        after: '',
        words: line.slice(1).split(' '),
      }
      for (const word of words) lines.push(before + word + after)
    } else {
      if (lines.length) lines.push('')
      lines.push(line)
    }
  }
  return lines
}

/** The share of lines that are names or headings of `ls -R`; 0 where there are not two folders. */
export function folderShare(lines: readonly string[]): number {
  const filled = lines.filter(line => line !== '')
  const headings = lines.filter((line, i) => /^[^\s]*[./][^\s]*:$/.test(line) && (i === 0 || lines[i - 1] === ''))
  if (headings.length < 2 || !lines[0]!.endsWith(':')) return 0
  return filled.filter(line => isWord(line) || headings.includes(line)).length / filled.length
}
