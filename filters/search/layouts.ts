import type { Found } from './decode-hits.ts'
import { BREAK_LINE } from './hit.ts'

/** Lines that each bear their path: the inverse of readPrefixed. */
export function printPrefixed(found: readonly Found[]): string[] {
  return found.map(item => {
    if (item.kind === 'hit') return `${item.path}${item.mark}${item.number}${item.mark}${item.text}`
    return item.kind === 'break' ? BREAK_LINE : item.text
  })
}

/** Rows below the heading of their file: the inverse of readHeaded. */
export function printHeaded(found: readonly Found[]): string[] {
  const lines: string[] = []
  let headed: string | undefined
  for (const item of found) {
    const path = 'path' in item ? item.path : undefined
    if (path !== undefined && path !== headed) {
      if (lines.length) lines.push('')
      lines.push(path)
      headed = path
    }
    // Files that are left out have headings of their own.
    if (item.kind === 'missing' && path === undefined) headed = undefined
    if (item.kind === 'hit') lines.push(`${item.number}${item.mark}${item.text}`)
    else lines.push(item.kind === 'break' ? BREAK_LINE : item.text)
  }
  return lines
}
