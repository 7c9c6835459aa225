import type { LanguageName } from './languages.ts'
import { indentOf, type Lines } from './lines.ts'
import { LANGUAGES, type Part } from './parts.ts'

/** Lines of an output that nobody reads: what stands in their place begins and ends so, and stays a string of the notebook's JSON. */
export interface Output {
  readonly first: number
  readonly last: number
  readonly what: string
  readonly frame: string
  readonly tail: string
}

/** Lines of a cell's code that are looked at, of an output's text that stay, and that go at the least. */
interface Limits {
  readonly cell: number
  readonly shown: number
  readonly least: number
}
export const FEW: Limits = { cell: 6, shown: 2, least: 4 }
export const MANY: Limits = { cell: 30, shown: 8, least: 20 }

/**
 * Code and long outputs of a notebook as Jupyter writes it (nbformat 4, indented), in order: each line of code, and of an output, is a
 * JSON string on a line of its own.
 */
export function notebookOf(
  lines: Lines,
  { cell, shown, least }: Limits,
  step: (steps: number) => void,
): { code: Part[]; outputs: Output[] } {
  const code: Part[] = []
  const outputs: Output[] = []
  const language = languageOf(lines.text)
  let isCode = false
  step(lines.count)
  for (let line = 0; line < lines.count; line++) {
    const [, key, value] = MEMBER.exec(lines.text.slice(lines.starts[line], lines.starts[line]! + 200)) ?? []
    if (key === 'cell_type') isCode = value!.startsWith('"code"')
    if (key === undefined || !isCode) continue
    const long = lines.end(line) - lines.starts[line]! >= LONGEST
    if (long && value!.startsWith('"') && LONG.test(key)) outputs.push(blob(lines, line, key))
    if (value!.trimEnd() !== '[' || !LISTED.test(key)) continue
    const first = line + 1
    while (line + 1 < lines.count && ITEM.test(lines.line(line + 1))) line++
    if (key !== 'source') outputs.push(...restOf(lines, first + shown, line, least))
    else if (language && line - first + 1 >= cell) code.push(...partOf(lines, first, line, language))
  }
  return { code, outputs }
}

const MEMBER = /^ *"([\w./+-]{1,60})": (.{0,9})/
const ITEM = /^ *"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*",?$/u
/** Lists of lines; what a traceback says stays. */
const LISTED = /^(?:source|text|text\/(?:plain|html)|image\/svg\+xml)$/
/** Values on one line that are no text, from this many UTF-16 code units on. */
const LONG = /^(?:image|audio|video|application)\/|^text\/html$/
const LONGEST = 500

function languageOf(text: string): LanguageName | undefined {
  const tail = text.slice(-4000)
  const [, name = 'python'] = /"language": ?"([\w+#]+)"/.exec(tail) ?? /"file_extension": ?"\.(\w+)"/.exec(tail) ?? []
  return LANGUAGES[name.toLowerCase()]
}

function blob(lines: Lines, line: number, key: string): Output {
  const text = lines.line(line)
  return {
    first: line,
    last: line,
    what: `1 line: ${text.length} characters`,
    frame: `${indentOf(text)}"${key}": "`,
    tail: text.endsWith(',') ? '",' : '"',
  }
}

/** Lines that tell of an error stay, with all around them. */
const TELLS = /error|exception|traceback|fail|fatal|warn/i

function restOf(lines: Lines, first: number, last: number, least: number): Output[] {
  if (last - first + 1 < least || TELLS.test(lines.slice(first, last))) return []
  const closes = lines.line(last).endsWith(',') ? '\\n",' : '"'
  return [{ first, last, what: `${last - first + 1} lines`, frame: `${indentOf(lines.line(first))}"`, tail: closes }]
}

/** A cell's code; what the shell or the notebook is told in it is a comment to its language. */
function partOf(lines: Lines, first: number, last: number, language: LanguageName): Part[] {
  const told: string[] = []
  for (let line = first; line <= last; line++) {
    const item: unknown = JSON.parse(lines.line(line).replace(/,$/, ''))
    if (typeof item !== 'string' || item.slice(0, -1).includes('\n') || (line < last && !item.endsWith('\n'))) return []
    told.push(item.replace(/^[%!?](?=.)/, '#'))
  }
  const ending = (line: number) => (lines.line(first + line).endsWith(',') ? ',\n' : '\n')
  return [
    {
      first,
      last,
      text: told.join(''),
      languages: [language],
      page: {
        above: first,
        shown: line => lines.slice(first + line, first + line),
        gap: (from, to, words) =>
          `${indentOf(lines.line(first + from))}${JSON.stringify(`${words}${told[to]!.endsWith('\n') ? '\n' : ''}`)}${ending(to)}`,
      },
    },
  ]
}
