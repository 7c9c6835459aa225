import type { Signal } from '../filter.ts'
import { type Commit, readCommit } from './commit.ts'
import { type FileHeader, readHeader } from './file-header.ts'
import { extentOf, type Hunk, parseHunk } from './hunk.ts'
import { readStat } from './stat.ts'

/** A run of lines that belong together, by their indices, the end exclusive. */
export type Unit = { readonly first: number; readonly end: number } & (
  | { readonly kind: 'commit'; readonly commit: Commit }
  | { readonly kind: 'stat'; readonly printed: readonly string[] }
  | { readonly kind: 'file'; readonly header: FileHeader }
  | { readonly kind: 'hunk'; readonly hunk: Hunk }
  | { readonly kind: 'other' }
)

/** What the lines of a diff, a log or a patch mail are; what is not git's own spelling is `other`, line by line. */
export function readUnits(lines: readonly string[], signal: Signal): Unit[] {
  const units: Unit[] = []
  for (let at = 0; at < lines.length; ) {
    const unit = unitAt(lines, at)
    signal.throwIfAborted(unit.end - at)
    units.push(unit)
    at = unit.end
  }
  return units
}

function unitAt(lines: readonly string[], at: number): Unit {
  switch (lines[at]![0]) {
    case '@': {
      const hunk = parseHunk(lines[at]!)
      return hunk ? { kind: 'hunk', first: at, end: at + 1 + extentOf(hunk, lines, at + 1), hunk } : other(at)
    }
    case 'd': {
      const found = readHeader(lines, at)
      return found ? { kind: 'file', first: at, end: at + found.count, header: found.header } : other(at)
    }
    // The empty line before a commit belongs to it.
    case undefined:
    case 'c': {
      const start = lines[at] === '' ? at + 1 : at
      const found = (start === at) === (at === 0) && start < lines.length ? readCommit(lines, start) : undefined
      return found ? { kind: 'commit', first: at, end: start + found.count, commit: found.commit } : other(at)
    }
    case ' ': {
      const found = readStat(lines, at)
      return found ? { kind: 'stat', first: at, end: at + found.count, printed: found.printed } : other(at)
    }
  }
  return other(at)
}

const other = (at: number): Unit => ({ kind: 'other', first: at, end: at + 1 })
