import { isColoured, withoutColours } from './colours.ts'
import type { Form } from './form.ts'
import { forms } from './forms.ts'

/** Lines looked at: the first ones of a bounded prefix. */
const LINES = 400
const PREFIX = 64 * 1024
/** Fewer lines tell nothing. */
const FEWEST = 3

/** The layout of search output that a text has, and how surely, 0.5..1; undefined where it is none. */
export function formOf(text: string): { form: Form; share: number } | undefined {
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0
  const window = text.slice(start, start + PREFIX)
  const bare = isColoured(window) ? withoutColours : (line: string) => line
  const lines = window.split('\n', LINES).map(line => bare(line.endsWith('\r') ? line.slice(0, -1) : line))
  // The window's last line may be cut off.
  if (window.length === PREFIX && lines.length < LINES) lines.pop()
  if (lines.filter(line => line !== '').length < FEWEST) return undefined
  let best: { form: Form; share: number } | undefined
  for (const form of forms) {
    const share = form.share(lines)
    if (share >= form.least && share > (best?.share ?? 0)) best = { form, share }
  }
  return best
}
