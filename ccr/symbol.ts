import type { LineRange } from './select.ts'

/**
 * The lines that define `name` in source text of any common language: from its first definition-like line to the end of its
 * block, told by brackets where the line opens one, else by indentation. Undefined where nothing defines it. Linear.
 */
export function symbolLines(text: string, name: string): LineRange | undefined {
  const all = text.split('\n')
  const first = all.findIndex(line => defines(line, name))
  if (first < 0) return undefined
  return [first + 1, blockEnd(all, first) + 1]
}

const KEYWORD =
  /\b(?:function|class|def|fn|func|struct|interface|enum|trait|impl|type|const|let|var|val|module|namespace|object|record|sub|macro_rules!|define|static|public|private|protected|void|int|async)\b/

/** A keyword before the name, or a name at the line's start that takes parameters and opens a block. */
function defines(line: string, name: string): boolean {
  if (line.length > 2000) return false
  for (let at = line.indexOf(name); at >= 0; at = line.indexOf(name, at + 1)) {
    if (isWord(line[at - 1]) || isWord(line[at + name.length])) continue
    const before = line.slice(0, at)
    const after = line.slice(at + name.length)
    if (KEYWORD.test(before) && !/[(=.]/.test(before)) return true
    if (
      /^\s*(?:[\w*&<>:]+\s+)*$/.test(before.slice(-80)) &&
      /^\s*(?:\([^;]*\{|[:=]\s*(?:async\s*)?(?:function\b|\())/.test(after)
    )
      return true
  }
  return false
}

const isWord = (char: string | undefined) => char !== undefined && /[\w$]/.test(char)

function blockEnd(all: readonly string[], first: number): number {
  const indent = indentOf(all[first]!)
  let depth = 0
  let opened = false
  for (let i = first; i < all.length; i++) {
    for (const char of all[i]!.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '')) {
      if (char === '{' || char === '(' || char === '[') depth++
      else if (char === '}' || char === ')' || char === ']') depth--
      opened ||= char === '{'
    }
    if (opened && depth <= 0) return i
    if (!opened && depth <= 0 && !indentedBelow(all, i, indent)) return i
  }
  return all.length - 1
}

/** Does the next line that is not blank stand deeper than the definition? */
function indentedBelow(all: readonly string[], i: number, indent: number): boolean {
  for (let next = i + 1; next < all.length; next++) {
    if (all[next]!.trim() !== '') return indentOf(all[next]!) > indent || /^\s*\{/.test(all[next]!)
  }
  return false
}

const indentOf = (line: string) => line.length - line.trimStart().length
