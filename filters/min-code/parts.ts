import type { Hint } from '../filter.ts'
import type { LanguageName } from './languages.ts'
import { Lines } from './lines.ts'
import { lineEndOf, type Page } from './print.ts'

/** Code among other text: its lines in the text that was given, counted from 0, and its languages where the text says so. */
export interface Part {
  readonly first: number
  readonly last: number
  /** The code alone. */
  readonly text: string
  readonly page: Page
  readonly languages?: readonly LanguageName[]
}

/** The code of a numbered read, of a single-file component's scripts, of Markdown's fences; else all of the text. */
export function partsOf(text: string, hint: Hint): Part[] {
  const lines = new Lines(text)
  const numbered = numberedPart(lines)
  if (numbered) return [numbered]
  const extension = /\.(\w+)$/.exec(hint.path ?? '')?.[1]?.toLowerCase() ?? ''
  if (/^(?:vue|svelte|astro)$/.test(extension)) return scripts(lines)
  if (/^(?:md|mdx|markdown)$/.test(extension)) return fences(lines)
  return [{ first: 0, last: lines.count - 1, text, page: { above: 0 } }]
}

/** As agents print files: `12<Tab>line`, `12: line`, `   12→line`, `12 | line`. */
const NUMBER = /^( {0,8})(\d{1,7})(\t|→|: | ?\| |:(?=$))/
/** Lines with numbers that a text must have at least. */
const LEAST = 5

/** The longest run of lines with ascending numbers, where it is most of the text. */
function numberedPart(lines: Lines): Part | undefined {
  let first = 0
  while (first < Math.min(20, lines.count) && !NUMBER.test(head(lines, first))) first++
  const start = NUMBER.exec(head(lines, first))
  if (!start) return undefined
  const from = Number(start[2])
  const prefixes: string[] = []
  let text = ''
  let line = first
  for (; line < lines.count; line++) {
    const found = NUMBER.exec(head(lines, line))
    if (!found || Number(found[2]) !== from + line - first || found[3]![0] !== start[3]![0]) break
    prefixes.push(found[0])
    text += lines.slice(line, line).slice(found[0].length)
  }
  if (prefixes.length < LEAST || prefixes.length < 0.8 * lines.count - 20) return undefined
  const shifted = from !== first + 1
  return {
    first,
    last: line - 1,
    text,
    page: {
      above: first,
      shown: i => lines.slice(first + i, first + i),
      gap: (from, to, words) => `${prefixes[from]!}${words}${lineEndOf(lines.slice(first + to, first + to))}`,
      ...(shifted && { number: (i: number) => from + i }),
    },
  }
}

const head = (lines: Lines, line: number): string =>
  lines.text.slice(lines.starts[line], lines.starts[line]! + 24).replace(/\r?\n[\s\S]*$/, '')

/** The scripts of a single-file component. */
function scripts(lines: Lines): Part[] {
  const parts: Part[] = []
  for (let line = 0; line < lines.count; line++) {
    const open = /^\s*<script\b([^>]*)>\s*$|^---\s*$/.exec(short(lines, line))
    if (!open) continue
    const first = line + 1
    while (line + 1 < lines.count && !/^\s*<\/script>|^---\s*$/.test(short(lines, line + 1))) line++
    if (line >= first)
      parts.push(
        partOf(
          lines,
          first,
          line,
          /lang=["']?tsx?\b/.test(open[1] ?? '') ? ['typescript'] : ['javascript', 'typescript'],
        ),
      )
    line++
  }
  return parts
}

/** By what Markdown's fences and notebooks call it. */
export const LANGUAGES: Readonly<Record<string, LanguageName>> = {
  ...{
    ts: 'typescript',
    typescript: 'typescript',
    tsx: 'tsx',
    js: 'javascript',
    javascript: 'javascript',
    jsx: 'javascript',
  },
  ...{
    py: 'python',
    python: 'python',
    rust: 'rust',
    rs: 'rust',
    go: 'go',
    golang: 'go',
    java: 'java',
    c: 'c',
    cpp: 'cpp',
  },
  ...{
    'c++': 'cpp',
    cs: 'csharp',
    csharp: 'csharp',
    ruby: 'ruby',
    rb: 'ruby',
    php: 'php',
    bash: 'bash',
    sh: 'bash',
    shell: 'bash',
  },
}

/** Markdown's fences that name a language, at the left margin. */
function fences(lines: Lines): Part[] {
  const parts: Part[] = []
  for (let line = 0; line < lines.count; line++) {
    const open = /^(`{3,}|~{3,})\s*([\w+#-]*)/.exec(short(lines, line))
    if (!open) continue
    const first = line + 1
    while (line + 1 < lines.count && !short(lines, line + 1).startsWith(open[1]!)) line++
    const language = LANGUAGES[open[2]!.toLowerCase()]
    if (language && line >= first) parts.push(partOf(lines, first, line, [language]))
    line++
  }
  return parts
}

const short = (lines: Lines, line: number): string =>
  lines.text.slice(lines.starts[line], Math.min(lines.end(line), lines.starts[line]! + 200))

const partOf = (lines: Lines, first: number, last: number, languages: readonly LanguageName[]): Part => ({
  first,
  last,
  text: lines.slice(first, last),
  page: { above: first },
  languages,
})
