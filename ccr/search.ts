import { type LineRange, rangesOf } from './select.ts'
import { termCounter, termsOf } from './terms.ts'

/**
 * How well each unit of text answers `query`: BM25 with the inverse document frequency of these units (Robertson and Zaragoza 2009,
 * in Lucene's form, which is never negative), plus the query's anchors, which count where they stand exactly. Zero where nothing of
 * the query occurs. Linear in the text for a query of bounded length.
 */
export function rank(units: readonly string[], query: string): number[] {
  const terms = termsOf(query.slice(0, QUERY_LIMIT))
  const anchors = anchorsOf(query)
  const scores = new Array<number>(units.length).fill(0)
  if (terms.length > 0) addTerms(scores, units, terms)
  for (const anchor of anchors) addAnchor(scores, units, anchor)
  return scores
}

/** UTF-16 code units of a question that are read. */
const QUERY_LIMIT = 2000
/** The usual constants: how soon repetition stops counting, and how much length weighs. */
const K1 = 1.2
const B = 0.75
/** An exact anchor tells more than the words it is made of. */
const ANCHOR_WEIGHT = 2

const inverseFrequency = (units: number, having: number) => Math.log(1 + (units - having + 0.5) / (having + 0.5))

/** Lengths are counted in UTF-16 code units: only their ratios matter. */
function addTerms(scores: number[], units: readonly string[], terms: readonly string[]): void {
  const countsOf = termCounter(terms)
  const having = new Array<number>(terms.length).fill(0)
  const hits: { unit: number; term: number; count: number }[] = []
  let total = 0
  units.forEach((unit, i) => {
    total += unit.length
    for (const [term, count] of countsOf(unit)) {
      having[term]!++
      hits.push({ unit: i, term, count })
    }
  })
  const usual = Math.max(1, total / units.length)
  for (const { unit, term, count } of hits) {
    const length = 1 - B + (B * units[unit]!.length) / usual
    scores[unit]! += (inverseFrequency(units.length, having[term]!) * count * (K1 + 1)) / (count + K1 * length)
  }
}

function addAnchor(scores: number[], units: readonly string[], anchor: string): void {
  const holding: number[] = []
  units.forEach((unit, i) => {
    if (unit.includes(anchor)) holding.push(i)
  })
  const weight = ANCHOR_WEIGHT * inverseFrequency(units.length, holding.length)
  for (const unit of holding) scores[unit]! += weight
}

/** What makes a word of a question an exact thing to look for, and not a word of the language. */
const ANCHORS: readonly RegExp[] = [
  /\d{3}/, // 4711, 10:42:07, 3f9a1c2b7d
  /^(?=.*\d)(?=.*[a-z])[\w.-]{3,}$/i, // k8s, p99, req-8f3a, v1.2
  /[^\s/\\][/\\][^\s/\\]|^[.~]{0,2}\//, // src/main.ts, /etc/hosts, C:\\temp
  /\w[.:#@]{1,2}\w/, // os.path, a@b.c, std::io, 10.0.0.1, file.ts:12
  /\w_\w|[a-z][A-Z]/, // snake_case, camelCase
  /^--?[a-z]/i, // --no-cache
  /^0x[\da-f]+$|^#\d+$/i,
]
const QUOTED = /(?:^|[\s(,:=])(?:"([^"\n]{2,200})"|'([^'\n]{2,200})'|`([^`\n]{2,200})`)(?![\w])/g
const ABBREVIATION = /^(?:e\.g|i\.e|a\.k\.a|vs)\.?$/i

/**
 * The exact things that a question names: quoted strings, ids, numbers of three digits and more, paths, hex, addresses, dotted names and
 * identifiers of several parts; each once, in order. A text that holds one of them is likely meant.
 */
export function anchorsOf(query: string): string[] {
  const anchors = new Set<string>()
  const rest = query.slice(0, QUERY_LIMIT).replace(QUOTED, (_, double, single, back) => {
    anchors.add(double ?? single ?? back)
    return ' '
  })
  for (const word of rest.split(/\s+/)) {
    const bare = word.replace(/^[("'`[{<,;:]+|[)"'`\]}>,;:.!?]+$/g, '')
    if (bare.length > 1 && !ABBREVIATION.test(bare) && ANCHORS.some(kind => kind.test(bare))) anchors.add(bare)
  }
  return [...anchors]
}

/** How much may come back: units, and UTF-16 code units of text. The best one comes whatever its length. */
export interface Room {
  readonly lines: number
  readonly chars?: number
}

/**
 * The units that bear most on `query`, as ranges of their numbers from 1 on, in order, each hit with its neighbours. Empty where
 * nothing bears on it.
 */
export function bestUnits(
  units: readonly string[],
  query: string,
  { lines, chars = Number.POSITIVE_INFINITY }: Room,
): LineRange[] {
  const taken = new Set<number>()
  let left = chars
  for (const unit of hitsOf(units, query).flatMap(hit => around(hit, units))) {
    if (taken.size >= lines || taken.has(unit) || (taken.size > 0 && units[unit]!.length > left)) continue
    taken.add(unit)
    left -= units[unit]!.length
  }
  return rangesOf([...taken].sort((a, b) => a - b).map(unit => unit + 1))
}

/** The units (from 0 on) that bear on `query`, the best first; their neighbours count a little. */
export function hitsOf(units: readonly string[], query: string): number[] {
  const own = rank(units, query)
  const scores = own.map((score, i) => (score > 0 ? score + 0.3 * ((own[i - 1] ?? 0) + (own[i + 1] ?? 0)) : 0))
  const best = scores.reduce((most, score) => Math.max(most, score), 0)
  const order = [...scores.keys()].filter(i => scores[i]! > 0 && scores[i]! >= best * FLOOR)
  return order.sort((a, b) => scores[b]! - scores[a]! || a - b)
}

/** What scores less than this part of the best unit is left out. */
const FLOOR = 0.3

/** A hit, then the neighbours that come with it. */
export const around = (hit: number, units: readonly string[]): number[] =>
  AROUND.map(step => hit + step).filter(unit => unit >= 0 && unit < units.length)

const AROUND = [0, -1, 1, -2, 2]

/** Lines up to this length are one piece. */
const LONG_LINE = 1000
/** Where a long line is cut: behind an element, a sentence, a word; at the latest of these within reach. */
const CUTS = [/^[\s\S]*[\]}],?\s*/, /^[\s\S]*[,;.]\s*/, /^[\s\S]*\s/]
const PIECE = 400

/** `text` in pieces to search in: its lines, long ones (minified JSON, prose without line ends) cut up. Joined they are the text. */
export function piecesOf(text: string): string[] {
  const pieces: string[] = []
  for (let from = 0; from < text.length; ) {
    const line = text.indexOf('\n', from) + 1 || text.length
    while (line - from > LONG_LINE) {
      const window = text.slice(from, from + PIECE)
      const piece =
        CUTS.map(cut => cut.exec(window)?.[0]).find(found => found && found.length > PIECE / 4) ?? whole(window)
      pieces.push(piece)
      from += piece.length
    }
    pieces.push(text.slice(from, line))
    from = line
  }
  return pieces
}

/** Surrogate pairs stay together. */
const whole = (window: string) => (/[\ud800-\udbff]$/.test(window) ? window.slice(0, -1) : window)
