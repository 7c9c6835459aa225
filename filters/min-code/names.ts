import type { Syntax } from '../../models/models.ts'
import { type Language, NAMED } from './languages.ts'

/** UTF-16 code units of a head that are read. */
const HEAD = 400

/** The name that a function's head gives it, or what it is assigned to, or the string it is called with; else ''. */
export function nameOf(
  text: string,
  language: Language,
  { parent, kind, start }: Syntax,
  node: number,
  body: number,
): string {
  const own = ownName(text.slice(start[node]!, Math.min(body, start[node]! + HEAD)), language)
  if (own) return own
  const above = parent[node]!
  if (above < 0 || kind[above] !== NAMED) return ''
  const head = text.slice(start[above]!, Math.min(start[node]!, start[above]! + HEAD))
  return LAST_NAME.exec(head.replace(/[:=][^.]*$/, ''))?.[1] ?? ''
}

const LAST_NAME = /([\p{L}_$][\p{L}\p{N}_$]*)[^\p{L}\p{N}_$]*$/u

function ownName(whole: string, { grammar }: Language): string {
  const head = whole.replace(ATTRIBUTES, '')
  const found = (OWN[grammar] ?? CALLED).exec(head)
  return MACRO.exec(head)?.[1] ?? found?.[1] ?? found?.[2] ?? ''
}

/** What is noted in front of a head: `[Test(1)]`, `@Test(expected = E.class)`. */
const ATTRIBUTES = /^(?:\s*(?:\[[^\]]{0,300}\]|@[\w.]{1,100}(?:\([^()]{0,300}\))?(?=\s)))+\s*/
/** The last name in front of the parameters. */
const CALLED = /([~\p{L}_$][\p{L}\p{N}_$]*)\s*(?:<[^()]{0,200}>)?\s*\(/u
const SCRIPT =
  /^(?:(?:async|static|get|set|public|private|protected|override|readonly|abstract|declare)\s+)*(?:function\s*\*?\s*)?\*?(?!(?:function|async|get|set|static)\b)([#\p{L}_$][\p{L}\p{N}_$]*)\s*(?:<[^()]{0,200}>)?\s*\(/u
/** gtest's and others': TEST(Suite, Name). */
const MACRO = /^[A-Z][A-Z\d_]*\s*\((?:[^(),]{1,100},)?\s*"?([\p{L}_]\w*)"?\s*\)/u
const OWN: Readonly<Record<string, RegExp>> = {
  typescript: SCRIPT,
  tsx: SCRIPT,
  javascript: SCRIPT,
  python: /\bdef\s+([\p{L}_][\p{L}\p{N}_]*)/u,
  rust: /\bfn\s+([\p{L}_][\p{L}\p{N}_]*)/u,
  go: /^func\s+(?:\([^()]{0,100}\)\s*)?([\p{L}_][\p{L}\p{N}_]*)/u,
  ruby: /\bdef\s+(?:self\.)?([\p{L}_][\p{L}\p{N}_]*[?!=]?)/u,
  php: /\bfunction\s+&?([\p{L}_][\p{L}\p{N}_]*)/u,
  // A property has no parameters, and its accessors have no names.
  'c-sharp':
    /([~\p{L}_][\p{L}\p{N}_]*)\s*(?:<[^()]{0,200}>)?\s*\(|\s(?!(?:get|set|init|add|remove)\b)([\p{L}_][\p{L}\p{N}_]*)\s*(?:\[[^\]]{0,100}\]\s*)?$/u,
  bash: /^(?:function\s+)?([\w:.-]+)/,
}
