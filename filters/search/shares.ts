/** The share of the lines that are not blank for which `is` holds, 0..1. */
export function shareOf(lines: readonly string[], is: (line: string) => boolean): number {
  const filled = lines.filter(line => line.trim() !== '')
  return filled.length ? filled.filter(is).length / filled.length : 0
}

const PREFIXED = /^((?:[A-Za-z]:[\\/])?[^\s:*?"<>|[(][^\s:*?"<>|]{0,300}?)[:-]\d{1,9}[:-]/
/** `2024-01-15T10`, `10`: what stands before the colons of a time. */
const TIME = /^\d{1,4}(?:[-/.T]|$)/

/** `path:12:text`: something before the numbers that can be a file, and is no time. */
export function isPrefixed(line: string): boolean {
  const path = PREFIXED.exec(line)?.[1]
  return line === '--' || (path !== undefined && isFile(path))
}

const isFile = (path: string) => /[A-Za-z_]/.test(path) && /[./\\]/.test(path) && !TIME.test(path)

const ROW = /^(\d{1,9})[:-]/

/** The share of lines that are numbered rows below the name of a file, or such names. */
export function headedShare(lines: readonly string[]): number {
  let found = 0
  let filled = 0
  let last: number | undefined
  for (const [i, line] of lines.entries()) {
    if (line.trim() === '') continue
    filled++
    const row = ROW.exec(line)
    const starts = i === 0 || lines[i - 1] === ''
    if (starts && /^\S{1,300}$/.test(line) && isFile(line) && ROW.test(lines[i + 1] ?? '')) {
      last = 0
      found++
    } else if (line === '--') found++
    else if (row && last !== undefined && Number(row[1]) > last) {
      last = Number(row[1])
      found++
    }
  }
  return filled ? found / filled : 0
}

export const isEvent = (line: string): boolean =>
  /^\{"type":"(?:begin|match|context|end)","data":\{"path":\{/.test(line) || /^\{"data":\{"elapsed_total":/.test(line)

const BARE = /^[^\s"'<>|*;=(){}\\]+$/

/** The share of lines that are paths, where most have a folder and folders come more than once. */
export function pathShare(lines: readonly string[]): number {
  const filled = lines.filter(line => line.trim() !== '')
  const paths = filled.filter(line => BARE.test(line) && !/[,:]$/.test(line))
  const inFolders = paths.filter(line => line.lastIndexOf('/', line.length - 2) > 0)
  const folders = new Set(inFolders.map(line => line.slice(0, line.lastIndexOf('/', line.length - 2))))
  if (inFolders.length < 0.5 * filled.length || folders.size > 0.8 * inFolders.length) return 0
  return paths.length / filled.length
}

/** A line of tree(1): bars, and a branch. */
export const isBranch = (line: string): boolean => /^(?:[│|][ \u00a0]{3}|\s{4})*(?:[├└]──|[|`]--) /.test(line)
