import { languageOf } from '../min-code/detect.ts'
import { have, once, type Sample, share } from './sample.ts'

/**
 * Source text of any language, scripts, style sheets and fully commented configuration included. Lines are judged one by one by
 * marks that running text does not bear; what stands between Markdown's fences is not judged.
 */
export const isCode = once(function isCode(sample) {
  if (isSurelyCode(sample)) return true
  const found = codeShare(sample)
  return found >= 0.3 || (found >= 0.1 && isCodeLine(sample.lines.find(line => !/^\s*[#*"<=]/.test(line)) ?? ''))
})

/** Code in a language whose grammar we have; style sheets, queries and settings are code without. */
export const isProgram = (sample: Sample): boolean => isCode(sample) && hasGrammar(sample)

export const isSurelyProgram = (sample: Sample): boolean => isSurelyCode(sample) && hasGrammar(sample)

/** Lines with ascending numbers in front of them, as agents print files, and a program behind the numbers. */
export function isNumberedProgram({ lines, together, hint }: Sample): boolean {
  const numbered = lines.slice(0, together).map(line => NUMBERED.exec(line))
  const first = Number(numbered[0]?.[1])
  if (numbered.length < 10 || !numbered.slice(0, 10).every((found, i) => found && Number(found[1]) === first + i))
    return false
  const behind = numbered.map(found => found?.[2] ?? '').join('\n')
  return languageOf(behind, hint) !== undefined
}

/** As filters/min-code/parts.ts reads them. */
const NUMBERED = /^ {0,8}(\d{1,7})(?:\t|→|: | ?\| |:$)(.*)$/

const hasGrammar = (sample: Sample): boolean =>
  !isGathered(sample) && languageOf(sample.text, sample.hint) !== undefined

/** Lines of many files are no program: `head` names each, and what a search for imports prints has little else. */
const isGathered = ({ lines }: Sample): boolean =>
  lines.filter(line => /^==> \S.* <==$/.test(line)).length > 1 ||
  have(lines, /^(?:import|from|use|using|#include|require)\b/, 0.7)

const CODE_NAME =
  /\.(?:[cm]?[jt]sx?|py[iwx]?|rb|rs|go|java|kts?|scala|swift|[ch](?:pp|xx|c|h|\+\+)?|cc|hh|mm?|cs|fs|vb|php|p[lm]|lua|[rR]|jl|hs|mli?|exs?|erl|clj[sc]?|el|lisp|scm|sh|bash|zsh|fish|ps1|sql|css|s[ac]ss|less|vue|svelte|zig|nim|d|dart|groovy|gradle|tf|cmake|mk|asm|[sS]|svh?|vhdl?|proto|tcl|awk|vim|nix)$/

/** By its name, or by a first line as nothing else has it. */
export const isSurelyCode = ({ hint, head, lines }: Sample): boolean =>
  head.startsWith('#!') || OPENING.test(lines[0] ?? '') || (hint.path !== undefined && CODE_NAME.test(hint.path))

/** First lines of files that are no prose, however long their comments: block comments, CMake's and Vim's. */
const OPENING =
  /^(?:\/[*/]|<!--.*\$|#\[=*\[|" (?:Vim|Language|Maintainer)\b|# (?:Distributed under|Copyright|SPDX-)|-- \w|%%|;;;)/

/** The share of lines that look like code, 0..1; comments count where the text has comments as code has. */
function codeShare(sample: Sample): number {
  const open = unfenced(sample)
  let hits = 0
  for (const line of open) if (isCodeLine(line)) hits++
  return open.length === 0 ? 0 : hits / open.length + commentShare(open)
}

/** Headings of Markdown are few; more lines that begin with a comment's mark are comments. */
function commentShare(lines: readonly string[]): number {
  const hashed = share(lines, /^\s*#(?:[^#]|$)/)
  const starred = lines.some(line => /^\s*\/\*/.test(line)) ? share(lines, /^\s*(?:\/\*|\*(?: |$|\/))/) : 0
  return share(lines, COMMENT) + (hashed >= 0.3 ? hashed : 0) + starred
}

const COMMENT = /^\s*(?:\/\/|" \w[^"]*$|#\[=*\[|--(?: |$)|;;|%% |\.\\"|dnl |REM |"""|'''|\{-|\(\*)/

/** Long lines are judged by their first and last units. */
const JUDGED = 160

/** Sounds that transcribers note: {vocalsound}. */
const SOUNDS = /(?: \{[a-z]+\}){1,9}$/

export function isCodeLine(line: string): boolean {
  const whole = (line.endsWith('}') ? line.replace(SOUNDS, '') : line).trim()
  // Items of lists end as they like: * `options` {Object} is no block.
  if (/^(?:[-*+] |\d{1,3}\. )/.test(whole)) return false
  const text = whole.length > JUDGED ? `${whole.slice(0, JUDGED / 2)} ${whole.slice(-JUDGED / 2)}` : whole
  if (MARKS.some(mark => mark.test(text))) return true
  const word = /^[#@]?[\w-]+/.exec(text)?.[0]
  const shape = word && Object.hasOwn(OPENERS, word) ? OPENERS[word] : undefined
  return shape?.test(text.slice(word!.length)) ?? false
}

/** What no sentence is. Each is bounded: one repetition at a time, on at most JUDGED units. */
const MARKS: readonly RegExp[] = [
  // Statements and blocks end so.
  /[;{}]$/,
  /[;{}]\s*(?:\/\/|\/\*|#)/,
  /^[)\]}][)\]};,]*$/,
  /(?:=>|->|&&|\|\||[=([\\])$/,
  // Annotations, preprocessor lines, TeX commands, targets of make.
  /^@[\w.]+(?:\(|$)/,
  /^#\s?(?:include|define|undef|if|ifdef|ifndef|endif|elif|pragma|error)\b/,
  /^\\[a-zA-Z]+(?:[[{\\]|$)/,
  /^[a-z.$%/_-][\w.$%/-]*:(?: [\w./$()%-]+){0,9}$/,
  // Assignments, calls, selectors of style sheets.
  /^(?:[\w$]+ )?[\w$.'"@*&<>[\]-]{1,60}(?:: ?[\w.<>[\]|]+)? ?[-+*/%|&^:?~.]{0,2}= ?\S/,
  /^(?:await |new )?[\w$.:>!?-]{1,60}\(.*\)[,.]?$/,
  /^[.#]?[\w-]+ \{/,
  /^[(][a-z-]+[ )]/,
]

const DECLARES = /^(?:\([\w ]+\))?\s+[\w$*&:<>.'"([@{\\].*[(){}=:;,<>]/
const IMPORTS = /^\s+["'<{*]|^\s+[\w.:/*@-]+(?:\s+(?:import|as|from|hiding|qualified)\s.*|;?)$/
const BLOCK = /[:{(]$|\b(?:then|do)$/
const ALONE = /^[;:,.)]*$/
const VALUE = /^\s+(?:["'$[({&*!-]|[\w.]+[([]|\w+$)/
const SQL = /^\s+[\w"'`(*]/
const BUILD = /^\s+[\w./$"[-]/

const all = (shape: RegExp, words: string): Record<string, RegExp> =>
  Object.fromEntries(words.split(' ').map(word => [word, shape]))

/** First words of lines of code, and what must follow each. */
const OPENERS: Readonly<Record<string, RegExp>> = {
  ...all(
    DECLARES,
    'export pub public private protected static final async abstract inline local extern unsafe override def fn func function fun class struct enum trait impl interface type const let var val sub proc defmodule defp instance macro mixin procedure void int char bool double float string unsigned long auto template typedef size_t u8 i32 self this',
  ),
  ...all(IMPORTS, 'import from using use package module require include namespace open library source'),
  ...all(
    BLOCK,
    'if elif else for while try except finally with switch case match when do unless until catch elsif elseif begin loop',
  ),
  ...all(ALONE, 'else end fi done esac endif endfunction begin do then try finally pass break continue nil None'),
  ...all(VALUE, 'return throw raise yield await echo print printf assert delete goto exit export unset set'),
  ...all(SQL, 'SELECT INSERT CREATE DROP ALTER UPDATE DELETE GRANT FROM WHERE VALUES'),
  ...all(BUILD, 'RUN COPY ENV CMD ENTRYPOINT WORKDIR ARG EXPOSE'),
  ...all(/^[lqwb]?\s+[%$\w[]+,/, 'mov movl movq push pushq pop popq lea leaq add addq sub subq cmp cmpl xor test'),
}

const FENCE = /^\s*(?:[-*+] +|\d+\. +)?(`{3,}|~{3,})/

/**
 * The lines outside Markdown's code fences and HTML's comments. Where there are fences, only the lines that follow each other are
 * looked at; all of them where a fence stays open for most of these.
 */
export function unfenced({ lines, together }: Sample): readonly string[] {
  if (!lines.some(line => FENCE.test(line) || line.includes('<!--'))) return lines
  const open: string[] = []
  let fence = ''
  const head = lines.slice(0, together)
  for (const line of head) {
    const mark = FENCE.exec(line)?.[1] ?? (line.trim().startsWith('<!--') ? '-->' : '')
    if (fence && (fence === '-->' ? line.includes(fence) : line.trim().startsWith(fence))) fence = ''
    else if (mark && !fence) fence = mark === '-->' && line.includes(mark) ? '' : mark
    else if (!fence) open.push(line)
  }
  return fence && open.length < head.length / 4 ? head : open
}
