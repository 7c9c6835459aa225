import { rank } from '../../ccr/search.ts'
import type { Hit } from './hit.ts'

/** How much each hit matters: what answers the question, then definitions, lines and files that are rare. Higher is more. */
export function weighHits(hits: readonly Hit[], query: string | undefined): number[] {
  const asksDefinition = query !== undefined && DEFINING.test(query)
  const answers = query === undefined ? undefined : ranked(hits.map(printed), query.replace(ROLES, ' '))
  const texts = countsOf(hits.map(({ text }) => text.trim()))
  const names = definedNames(hits)
  const files = countsOf(hits.filter(({ mark }) => mark === ':').map(({ path }) => path))
  let path: string | undefined
  return hits.map((hit, i) => {
    const text = hit.text.trim()
    const first = hit.path !== path
    path = hit.path
    if (hit.mark === '-') return (answers?.[i] ?? 0) * ANSWER * 0.9
    const rare = 1 / texts.get(text)! + 1 / (files.get(hit.path) ?? 1)
    return (
      (answers?.[i] ?? 0) * ANSWER +
      rare +
      (first ? 0.5 : 0) +
      definitionWeight(text, names) * (asksDefinition ? ANSWER : 2)
    )
  })
}

/** So many names are looked for in all hits: it bounds the work. */
const MOST_NAMES = 64

/** How many hits hold each name that one of them defines: what was searched for is in most. */
function definedNames(hits: readonly Hit[]): ReadonlyMap<string, number> {
  const names = new Set<string>()
  for (const { text } of hits) {
    const name = names.size < MOST_NAMES && isDefinition(text.trim()) ? nameIn(text) : undefined
    if (name) names.add(name)
  }
  return new Map([...names].map(name => [name, hits.filter(({ text }) => text.includes(name)).length]))
}

/** 0 where nothing is defined, 1 to 2 else: more where the name is that of many hits. */
function definitionWeight(text: string, names: ReadonlyMap<string, number>): number {
  if (!isDefinition(text)) return 0
  return 1 + Math.min(1, Math.log2(names.get(nameIn(text) ?? '') ?? 1) / 6)
}

function nameIn(text: string): string | undefined {
  const found = NAME.exec(text.slice(0, 300))
  return found?.[1] ?? found?.[2]
}

/** What a definition defines: the word behind its keyword, else the last one before a bracket or a sign. */
const NAME =
  /\b(?:def|fn|func|fun|function|class|interface|struct|enum|trait|type|module|namespace|sub|proc|defp?|defmodule)\s+(?:\([^()]{0,80}\)\s*)?([\w$]+)|([\w$]+)['"\]]*\s*(?:\(|=|:)/

/** The question is where something is defined. */
const DEFINING = /\bdefin|\bdeclar|\bimplement|\bsignature/i
/** Words of a question that name the part which a hit plays, and nothing in it. */
const ROLES =
  /\b(?:defin|declar|implement|match|hit|occurrence|signature)(?:ed|es|s|ing|ition|itions|ation|ations)?\b/gi

/** A line that answers the question weighs more than all else taken together. */
const ANSWER = 20

const printed = ({ path, number, text }: Hit) => `${path}:${number}:${text}`

/** Scores of rank, 0..1. */
export function ranked(units: readonly string[], query: string): number[] {
  const scores = rank(units, query)
  const most = scores.reduce((most, score) => Math.max(most, score), 0)
  return most > 0 ? scores.map(score => score / most) : scores
}

function countsOf(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return counts
}

const DEFINITION =
  /^(?:(?:export|default|public|private|protected|internal|static|final|abstract|async|pub(?:\([a-z]+\))?|unsafe|extern|override|virtual|inline)\s+)*(?:def|fn|func|fun|function|class|interface|struct|enum|trait|impl|type|module|namespace|macro_rules!|sub|proc|defmodule|defp?)\b/
const ASSIGNED =
  /^(?:(?:export|const|let|var)\s+)*[\w$.\]['"]+\s*(?::|=)\s*(?:async\s*)?(?:function\b|\([^()]*\)\s*(?::[^=]+)?=>|class\b)/
/** `static int f(` of C and its kin; the line must open a block. */
const RETURNS = /^[A-Za-z_][\w:<>*&,[\] ]{0,80} [*&]?[\w:~]{1,60}\(/

/** Does a line of source, without its indentation, look like the place where a name is defined? */
export function isDefinition(text: string): boolean {
  const line = text.slice(0, 300).replace(/^\d+[:-]?\s+/, '')
  return (
    DEFINITION.test(line) ||
    ASSIGNED.test(line) ||
    (line.endsWith('{') && RETURNS.test(line) && !/^(?:if|for|while|switch|return|else)\b/.test(line))
  )
}
