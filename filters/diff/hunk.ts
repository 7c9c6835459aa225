/** One hunk of a unified diff. */
export interface Hunk {
  /** Where it begins, before and after, and how many lines it has there. */
  readonly old: { readonly start: number; readonly count: number }
  readonly new: { readonly start: number; readonly count: number }
  /** What stands behind the second `@@`, its blank included. */
  readonly section: string
}

const HEADER = /^@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@(.*)$/

/** The header that `line` prints, or undefined. */
export function parseHunk(line: string): Hunk | undefined {
  if (!line.startsWith('@@ -')) return undefined
  const found = HEADER.exec(line)
  if (!found) return undefined
  const count = (digits: string | undefined) => (digits === undefined ? 1 : Number(digits))
  const hunk = {
    old: { start: Number(found[1]), count: count(found[2]) },
    new: { start: Number(found[3]), count: count(found[4]) },
    section: found[5]!,
  }
  return printHunk(hunk) === line ? hunk : undefined
}

/** As git prints it: a count of one is left out. */
export function printHunk({ old, new: now, section }: Hunk): string {
  const range = ({ start, count }: Hunk['old']) => (count === 1 ? `${start}` : `${start},${count}`)
  return `@@ -${range(old)} +${range(now)} @@${section}`
}

/** How many of the lines from `at` on belong to this hunk by its counts: `\ No newline` lines included; fewer where the text ends. */
export function extentOf(hunk: Hunk, lines: readonly string[], at: number): number {
  let old = hunk.old.count
  let now = hunk.new.count
  let next = at
  for (; next < lines.length; next++) {
    const sign = lines[next]![0]
    if (sign === '\\') continue
    if (old <= 0 && now <= 0) break
    if (sign === '-') old--
    else if (sign === '+') now--
    else if (sign === ' ' || sign === undefined) {
      old--
      now--
    } else break
  }
  return next - at
}

/** The counts of lines that stand below a header, up to the first that is none of a hunk; an empty line is none. */
export function countedFrom(lines: readonly string[], at: number): { old: number; new: number; lines: number } {
  let old = 0
  let now = 0
  let next = at
  for (; next < lines.length; next++) {
    const sign = lines[next]![0]
    if (sign === ' ' || sign === '-') old++
    if (sign === ' ' || sign === '+') now++
    if (sign !== ' ' && sign !== '-' && sign !== '+' && sign !== '\\') break
  }
  return { old, new: now, lines: next - at }
}
