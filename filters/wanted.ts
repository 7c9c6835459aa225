import { Original } from '../ccr/original.ts'
import { anchorsOf, hitsOf, piecesOf, rank } from '../ccr/search.ts'
import { termCounter, termsOf } from '../ccr/terms.ts'
import { AFTER_ODD, oddLines } from './odd.ts'
import { ownSubjectOf } from './subject.ts'

/** A part of the text that a question asks for, in UTF-16 code units. */
export interface Wanted {
  readonly start: number
  readonly end: number
}

/** `.items[3].name`, `$.items[3]`, `[12].payload.title`, as people and tools write paths into JSON. */
const PATH = /(?:^|[\s`'"(])\$?((?:\.[A-Za-z_$][\w$-]*|\[\d{1,9}\]|\["[^"\n]{1,100}"\])+)(?=$|[\s`'")?,:])/g
/** `src/auth/login.ts:88`. */
const HIT = /(?:^|[\s`'"(])([^\s`'"():]{1,300}:\d{1,9})(?=$|[\s`'")?,])/g
/** `the last line`, `the first 3 lines`, `line 120`. */
const END_LINES = /\b(first|last) (?:(\d{1,2}) )?(?:lines?|rows?|entr(?:y|ies))\b/gi
const NUMBERED_LINE = /\bline (\d{1,9})\b/gi

/** UTF-16 code units of a question that are read. */
const QUESTION = 2000

/** The values at JSON paths, the lines at `path:line` and the lines by their place that `query` names and the text has. Linear. */
export function namedBy(query: string, text: string): Wanted[] {
  const question = query.slice(0, QUESTION)
  return [
    ...[...question.matchAll(PATH)].flatMap(([, path]) => valueAt(path!, text) ?? []),
    ...[...question.matchAll(HIT)].flatMap(([, place]) => lineAt(`${place}:`, text) ?? []),
    ...[...question.matchAll(END_LINES)].flatMap(([, end, count]) =>
      endLines(/f/i.test(end!), Number(count ?? 1), text),
    ),
    ...[...question.matchAll(NUMBERED_LINE)].flatMap(([, number]) => numberedLine(Number(number), text) ?? []),
  ]
}

/** Where it names nothing: pieces of the text that answer `query` clearly better than all but a few others. Empty where many answer about as well. */
export function foundBy(query: string, text: string): Wanted[] {
  const pieces = piecesOf(text)
  const good = AFTER_ODD.test(query) ? oddest(pieces) : best(pieces, ownSubjectOf(query))
  if (good.length > FEW) return []
  const wanted = new Set(good)
  const found: Wanted[] = []
  let start = 0
  pieces.forEach((piece, i) => {
    if (wanted.has(i)) found.push({ start, end: start + piece.trimEnd().length })
    start += piece.length
  })
  return found
}

function best(pieces: readonly string[], query: string): number[] {
  const order = hitsOf(pieces, query)
  const scores = rank(pieces, query)
  const most = order.slice(0, FEW + 1).reduce((high, i) => Math.max(high, scores[i]!), 0)
  const sure = anchorsOf(query).length > 0 ? 1 : SEVERAL_TERMS
  const countsOf = termCounter(termsOf(query))
  return order.filter(i => scores[i]! >= CLEARLY * most && countsOf(pieces[i]!).size >= sure)
}

/** One plain word of a question says little, two of them in a line say much. */
const SEVERAL_TERMS = 2

/** Those alone with their coarse shape, else those alone with their fine one. */
function oddest(pieces: readonly string[]): number[] {
  const odd = [...oddLines(pieces)]
  const level = odd.length > FEW ? 2 : 1
  return odd.flatMap(([at, own]) => (own >= level ? [at] : []))
}

const FEW = 3
const CLEARLY = 0.75

function valueAt(path: string, text: string): Wanted | undefined {
  if (!/^\s*[[{]/.test(text.slice(0, 200))) return undefined
  const whole = new Original(text).find(`$${path}`)
  if (whole) return { start: whole[0], end: whole[1] }
  const row = /^\[(\d+)\](.*)$/.exec(path)
  return row ? valueInRow(Number(row[1]), row[2]!, text) : undefined
}

/** In NDJSON the first index is a row's. */
function valueInRow(row: number, path: string, text: string): Wanted | undefined {
  const line = numberedLine(row + 1, text)
  const found = line && new Original(text.slice(line.start, line.end)).find(`$${path}`)
  return found && { start: line.start + found[0], end: line.start + found[1] }
}

function lineAt(beginning: string, text: string): Wanted | undefined {
  const start = text.startsWith(beginning) ? 0 : text.indexOf(`\n${beginning}`) + 1
  if (start === 0 && !text.startsWith(beginning)) return undefined
  const end = text.indexOf('\n', start)
  return { start: start + beginning.length, end: end < 0 ? text.length : end }
}

function numberedLine(number: number, text: string): Wanted | undefined {
  let start = 0
  for (let i = 1; i < number; i++) {
    start = text.indexOf('\n', start) + 1
    if (start === 0) return undefined
  }
  const end = text.indexOf('\n', start)
  return start < text.length ? { start, end: end < 0 ? text.length : end } : undefined
}

/** The first or the last lines that are not blank. */
function endLines(first: boolean, count: number, text: string): Wanted[] {
  const found: Wanted[] = []
  for (let at = first ? 0 : text.length; found.length < count && (first ? at < text.length : at > 0); ) {
    const start = first ? at : text.lastIndexOf('\n', at - 1 - Number(text[at - 1] === '\n')) + 1
    const end = first ? text.indexOf('\n', at) + 1 || text.length : at
    at = first ? end : start
    const line = text.slice(start, end).trimEnd()
    if (line !== '') found.push({ start, end: start + line.length })
  }
  return found
}

/** How many of the wanted parts stand in one of `texts`, by their first line. */
export function shown(texts: readonly string[], wanted: readonly Wanted[], text: string): number {
  return wanted.filter(({ start, end }) => {
    const part = text
      .slice(start, Math.min(end, start + LOOK))
      .trim()
      .replace(/^"|"$/g, '')
      .split('\n')[0]!
    return texts.some(one => one.includes(part))
  }).length
}

/** UTF-16 code units of a wanted part that are looked for. */
const LOOK = 300
