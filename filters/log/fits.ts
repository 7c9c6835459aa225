import type { Hint } from '../filter.ts'
import { timeIn } from './times.ts'

/** Lines looked at: the first ones of a bounded prefix. */
const LINES = 200
const PREFIX = 64 * 1024

/** The share of lines that begin as those of logs do; 0..1. */
export function fits(text: string, _hint: Hint): number {
  const lines = text
    .slice(0, PREFIX)
    .split('\n', LINES)
    .filter(line => line.trim() !== '')
  if (lines.length < 3) return 0
  const timed = lines.filter(line => timeIn(line.slice(0, 60))).length
  return Math.min(0.9, timed / lines.length)
}
