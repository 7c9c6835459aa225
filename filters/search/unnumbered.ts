import type { Signal } from '../filter.ts'
import { type Encoded, literal } from './form.ts'

/**
 * `grep -r` without numbers: `path:text`, as the rows of their files:
 *
 *   src/a.ts
 *    import x from 'y'        after one space
 *   src/b.ts:const y = 1      the one hit of a file, as it came
 *   \any other line
 */
export function printUnnumbered(lines: readonly string[], signal: Signal): Encoded {
  const body: string[] = []
  let open: string | undefined
  for (const [i, line] of lines.entries()) {
    signal.throwIfAborted()
    const path = pathIn(line)
    if (path === undefined) {
      open = undefined
      body.push(literal(line))
      continue
    }
    if (path !== open && !lines[i + 1]?.startsWith(`${path}:`)) {
      open = undefined
      body.push(line)
      continue
    }
    if (path !== open) body.push(path)
    open = path
    body.push(` ${line.slice(path.length + 1)}`)
  }
  return { lines: body }
}

const PATH = /^((?:[A-Za-z]:[\\/])?[^\s:\\~=[][^\s:]{0,300}):/

/** The file before the first colon; undefined where there is none. */
function pathIn(line: string): string | undefined {
  const path = PATH.exec(line)?.[1]
  return path !== undefined && /[\\/]/.test(path) ? path : undefined
}

/** The inverse of printUnnumbered. Throws a RangeError on a row that stands below no file. */
export function parseUnnumbered(body: readonly string[]): string[] {
  const lines: string[] = []
  let open: string | undefined
  for (const line of body) {
    if (line.startsWith(' ')) {
      if (open === undefined) throw new RangeError('a row below no file')
      lines.push(`${open}:${line.slice(1)}`)
    } else if (line.startsWith('\\')) lines.push(line.slice(1))
    else if (PATH.test(line)) lines.push(line)
    else open = line
  }
  return lines
}

/** The share of lines that name a file, where files come more than once. */
export function unnumberedShare(lines: readonly string[]): number {
  const filled = lines.filter(line => line.trim() !== '')
  const paths = filled.map(pathIn).filter(path => path !== undefined && /[A-Za-z]/.test(path))
  return new Set(paths).size > 0.6 * paths.length ? 0 : paths.length / filled.length
}
