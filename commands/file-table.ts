import { grouped } from './report.ts'

/** One file of headroom compress. Tokens in the asked tokenizer. */
export interface FileResult {
  readonly path: string
  readonly filter: string
  readonly before: number
  readonly after: number
  /** Why it went out as it came. */
  readonly why?: string
  /** Why nothing came out. */
  readonly error?: string
}

export type Sum = Pick<FileResult, 'before' | 'after'> & {
  readonly files: number
  readonly changed: number
  readonly failed: number
}

export function sumOf(results: readonly FileResult[]): Sum {
  const sum = (pick: (result: FileResult) => number) => results.reduce((total, result) => total + pick(result), 0)
  return {
    files: results.length,
    changed: sum(({ why, error }) => (why || error ? 0 : 1)),
    failed: sum(({ error }) => (error ? 1 : 0)),
    before: sum(({ before }) => before),
    after: sum(({ after }) => after),
  }
}

/** Aligned columns, a line a file and one for all. */
export function fileTable(results: readonly FileResult[], total: Sum): string {
  const rows = results.map(({ path, filter, before, after, why, error }) => [
    path,
    error ? 'failed' : (why ?? filter),
    grouped(before),
    grouped(after),
    saved(before, after),
  ])
  const { files, changed, failed, before, after } = total
  const last = [
    `${files} files, ${changed} shorter${failed ? `, ${failed} failed` : ''}`,
    '',
    grouped(before),
    grouped(after),
    saved(before, after),
  ]
  const all = [['FILE', 'FILTER', 'TOKENS', 'AFTER', 'SAVED'], ...rows, last]
  const widths = [0, 1, 2, 3, 4].map(column => Math.max(...all.map(row => row[column]!.length)))
  const cell = (text: string, column: number) =>
    column < 2 ? text.padEnd(widths[column]!) : text.padStart(widths[column]!)
  return all.map(row => `${row.map(cell).join('  ').trimEnd()}\n`).join('')
}

const saved = (before: number, after: number) => `${before === 0 ? '0.0' : (100 * (1 - after / before)).toFixed(1)} %`
