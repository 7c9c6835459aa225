import { decodeHits } from './decode-hits.ts'
import { folderShare, parseFolders, printFolders } from './folders.ts'
import type { Form } from './form.ts'
import { encodeHits } from './hit-form.ts'
import { printHeaded, printPrefixed } from './layouts.ts'
import { isListed, parseListing, printListing } from './listing.ts'
import { parsePaths, printPaths } from './paths.ts'
import { readHeaded, readPrefixed } from './read-hits.ts'
import { printEvents, readEvents } from './rg-json.ts'
import { belowBranches, belowColons, flat, selecting } from './selected.ts'
import { headedShare, isBranch, isEvent, isPrefixed, pathShare, shareOf } from './shares.ts'
import { matchesFor } from './submatches.ts'
import { decodeTree, encodeTree } from './tree-branches.ts'
import { parseUnnumbered, printUnnumbered, unnumberedShare } from './unnumbered.ts'

const hits: Form = {
  name: 'hits',
  share: lines => shareOf(lines, isPrefixed),
  least: 0.5,
  encode: (lines, context) =>
    encodeHits((some, keep, signal) => ({ items: readPrefixed(some, keep, signal) }), lines, context),
  decode: (lines, note, gap) => printPrefixed(decodeHits(lines, note, gap)),
}

const headed: Form = {
  name: 'heading',
  share: headedShare,
  least: 0.6,
  encode: (lines, context) =>
    encodeHits((some, keep, signal) => ({ items: readHeaded(some, keep, signal) }), lines, context),
  decode: (lines, note, gap) => printHeaded(decodeHits(lines, note, gap)),
}

/** Before each text that was searched for. */
const FOUND = '='

const events: Form = {
  name: 'rg-json',
  share: lines => shareOf(lines, isEvent),
  least: 0.8,
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
  share: pathShare,
  least: 0.9,
  encode: (lines, { signal }) => printPaths(lines, signal),
  decode: (lines, note) => parsePaths(lines, note),
}

const tree: Form = {
  name: 'tree',
  share: lines => shareOf(lines, isBranch),
  least: 0.5,
  encode: (lines, { signal }) => encodeTree(lines, signal),
  decode: (lines, note) => decodeTree(lines, note),
}

const listing: Form = {
  name: 'ls',
  share: lines => shareOf(lines, isListed),
  least: 0.5,
  encode: (lines, { signal }) => printListing(lines, signal),
  decode: lines => parseListing(lines),
}

const folders: Form = {
  name: 'folders',
  share: folderShare,
  least: 0.9,
  encode: (lines, { signal }) => printFolders(lines, signal),
  decode: lines => parseFolders(lines),
}

const unnumbered: Form = {
  name: 'unnumbered',
  share: unnumberedShare,
  least: 0.9,
  encode: (lines, { signal }) => printUnnumbered(lines, signal),
  decode: lines => parseUnnumbered(lines),
}

/** All layouts; where two are equally sure the first has the text. A new one is a line here. */
export const forms: readonly Form[] = [
  hits,
  headed,
  events,
  selecting(paths, flat),
  selecting(tree, belowBranches),
  selecting(listing, belowColons),
  selecting(folders, belowColons),
  selecting(unnumbered, flat),
]
