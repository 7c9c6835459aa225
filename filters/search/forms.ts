import { decodeHits } from './decode-hits.ts'
import { type Form, shareOf } from './form.ts'
import { encodeHits } from './hit-form.ts'
import { printHeaded, printPrefixed } from './layouts.ts'
import { parsePaths, printPaths } from './paths.ts'
import { readHeaded, readPrefixed } from './read-hits.ts'
import { printEvents, readEvents } from './rg-json.ts'
import { matchesFor } from './submatches.ts'
import { decodeTree, encodeTree } from './tree-branches.ts'

const hits: Form = {
  name: 'hits',
  share: lines => shareOf(lines, line => /^[^\s:][^:\t]{0,200}[:-]\d{1,9}[:-]/.test(line) && /[A-Za-z]/.test(line)),
  encode: (lines, context) =>
    encodeHits((some, keep, signal) => ({ items: readPrefixed(some, keep, signal) }), lines, context),
  decode: (lines, note, gap) => printPrefixed(decodeHits(lines, note, gap)),
}

const headed: Form = {
  name: 'heading',
  share: lines => shareOf(lines, line => /^\d{1,9}[:-]/.test(line)),
  encode: (lines, context) =>
    encodeHits((some, keep, signal) => ({ items: readHeaded(some, keep, signal) }), lines, context),
  decode: (lines, note, gap) => printHeaded(decodeHits(lines, note, gap)),
}

/** Before each text that was searched for. */
const FOUND = '='

const events: Form = {
  name: 'rg-json',
  share: lines => shareOf(lines, line => /^\{"type":"(?:begin|match|context|end|summary)","data":\{/.test(line)),
  encode: (lines, context) =>
    encodeHits(
      (some, keep, signal) => {
        const read = readEvents(some, keep, signal)
        const before = read?.matches.texts.map(text => FOUND + text)
        return read && { items: read.items, before: before!, note: ['=match', '@offset'] }
      },
      lines,
      context,
    ),
  decode: (lines, note, gap) => {
    const rest = lines.findIndex(line => !line.startsWith(FOUND))
    const matches = matchesFor(lines.slice(0, rest).map(line => line.slice(FOUND.length)))
    return printEvents(decodeHits(lines.slice(rest), note, gap), matches)
  },
}

const paths: Form = {
  name: 'paths',
  share: lines => {
    const bare = shareOf(lines, line => /^[^\s"'<>|*;=(){}[\]]+$/.test(line))
    return bare >= 0.9 && shareOf(lines, line => line.includes('/', 1)) >= 0.6 ? bare : 0
  },
  encode: (lines, { signal }) => printPaths(lines, signal),
  decode: (lines, note) => parsePaths(lines, note),
}

const tree: Form = {
  name: 'tree',
  share: lines => shareOf(lines, line => /^(?:[│|][\s\u00a0]{3}|\s{4})*(?:[├└]──|[|`]--) /.test(line)),
  encode: (lines, { signal }) => encodeTree(lines, signal),
  decode: (lines, note) => decodeTree(lines, note),
}

export const forms: readonly Form[] = [hits, headed, events, paths, tree]

export function formOf(text: string): { form: Form; share: number } | undefined {
  const lines = text
    .slice(0, 64 * 1024)
    .split('\n', 400)
    .filter(line => line.trim() !== '')
  let best: { form: Form; share: number } | undefined
  for (const form of forms) {
    const share = form.share(lines)
    if (share >= 0.5 && share > (best?.share ?? 0)) best = { form, share }
  }
  return best
}
