/** One stretch of a cell: where its text comes from. */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  /** From the row itself. */
  | { readonly kind: 'own' }
  /** From the group line above. */
  | { readonly kind: 'group' }
  /** Another column's cell, without its quotes. */
  | { readonly kind: 'of'; readonly column: number }
  /** A whole number of another column, plus `by`. */
  | { readonly kind: 'plus'; readonly column: number; readonly by: number }
  /** What a key line says for another column's cell. */
  | { readonly kind: 'by'; readonly column: number }
  /** The whole number above, plus `by`. */
  | { readonly kind: 'step'; readonly by: number }
  /** From the row, with the decimal point put before the last `digits` digits. */
  | { readonly kind: 'scaled'; readonly digits: number }

/** How the cells of one column are made. */
export interface Rule {
  readonly parts: readonly Part[]
  /** The row has a cell for it where the rule does not hold, and an empty one where it does. */
  readonly optional: boolean
}

export const PLAIN: Rule = { parts: [{ kind: 'own' }], optional: false }

/** Cells that a row has for a column. */
export const slotsOf = ({ parts, optional }: Rule): number =>
  optional ? 1 : parts.reduce((sum, { kind }) => sum + (isOwn(kind) ? 1 : 0), 0)

export const groupsOf = ({ parts }: Rule): number =>
  parts.reduce((sum, { kind }) => sum + (kind === 'group' ? 1 : 0), 0)

export const isOwn = (kind: Part['kind']): boolean => kind === 'own' || kind === 'scaled'

/** Is the cell quoted as in CSV by its rule? Then references to it mean what stands between the quotes. */
export function isQuoted({ parts }: Rule): boolean {
  const [first, last] = [parts[0], parts.at(-1)]
  return (
    parts.length > 1 &&
    first?.kind === 'text' &&
    last?.kind === 'text' &&
    first.text[0] === '"' &&
    last.text.endsWith('"')
  )
}

export const unquoted = (cell: string): string =>
  cell.length > 1 && cell[0] === '"' && cell.endsWith('"') ? cell.slice(1, -1) : cell

/** Short names by which rules and keys refer to columns: its name where that is clear, else `c` and its number. */
export function labelsOf(names: readonly string[]): readonly string[] {
  const counts = new Map<string, number>()
  const plain = names.map(unquoted)
  for (const name of plain) counts.set(name, (counts.get(name) ?? 0) + 1)
  return plain.map((name, at) => {
    const clear = counts.get(name) === 1 && /^[A-Za-z_][\w .%-]{0,60}$/.test(name) && !/^c\d+$|\.\d+$|^by /.test(name)
    return clear ? name : `c${at + 1}`
  })
}

/** The line of columns: names, each with its rule where it has one. */
export function printColumns(names: readonly string[], rules: readonly Rule[], separator: string): string {
  const labels = labelsOf(names)
  return names
    .map((name, at) => {
      const { parts, optional } = rules[at]!
      const shown = escaped(name, `\\=?${separator}`)
      if (!optional && parts.length === 1 && parts[0]!.kind === 'own') return shown
      return `${shown}${optional ? '?' : ''}=${parts.map(part => printPart(part, labels, separator)).join('')}`
    })
    .join(separator)
}

function printPart(part: Part, labels: readonly string[], separator: string): string {
  switch (part.kind) {
    case 'text':
      return escaped(part.text, `\\*#{(${separator}`)
    case 'own':
      return '*'
    case 'group':
      return '#'
    case 'of':
      return `{${labels[part.column]}}`
    case 'plus':
      return `({${labels[part.column]}}${signed(part.by)})`
    case 'by':
      return `(by ${labels[part.column]})`
    case 'step':
      return `(${signed(part.by)})`
    case 'scaled':
      return `(/${10 ** part.digits})`
  }
}

const signed = (n: number) => (n < 0 ? String(n) : `+${n}`)

function escaped(text: string, special: string): string {
  let out = ''
  for (const char of text) out += char === '\n' ? '\\n' : special.includes(char) ? `\\${char}` : char
  return out
}

/** The inverse of printColumns. Throws a RangeError on a line that it did not print. */
export function parseColumns(line: string, separator: string): { names: string[]; rules: Rule[] } {
  const fields = fieldsOf(line, separator)
  const names = fields.map(({ name }) => name)
  const labels = new Map(labelsOf(names).map((label, at) => [label, at]))
  return {
    names,
    rules: fields.map(({ optional, rule }) => ({
      parts: rule === undefined ? PLAIN.parts : parseParts(rule, labels),
      optional,
    })),
  }
}

/** A field's rule keeps its backslashes: parseParts reads them. */
function fieldsOf(line: string, separator: string): { name: string; optional: boolean; rule?: string }[] {
  const fields: { name: string; optional: boolean; rule?: string }[] = [{ name: '', optional: false }]
  for (let i = 0; i < line.length; i++) {
    const field = fields.at(-1)!
    const char = line[i]!
    if (char === '\\') {
      const next = line[++i] ?? ''
      if (field.rule !== undefined) field.rule += char + next
      else field.name += next === 'n' ? '\n' : next
    } else if (char === separator) fields.push({ name: '', optional: false })
    else if (field.rule !== undefined) field.rule += char
    else if (char === '?') field.optional = true
    else if (char === '=') field.rule = ''
    else field.name += char
  }
  return fields
}

const TERM = /\{([^{}]*)\}|\((?:\{([^{}]*)\}([+-]\d{1,15})|by ([^()]*)|([+-]\d{1,15})|\/(10{1,9}))\)/y

function parseParts(rule: string, labels: ReadonlyMap<string, number>): Part[] {
  const parts: Part[] = []
  let text = ''
  const close = () => {
    if (text) parts.push({ kind: 'text', text })
    text = ''
  }
  const column = (label: string) => {
    const found = labels.get(label)
    if (found === undefined) throw new RangeError(`no column ${label}`)
    return found
  }
  for (let i = 0; i < rule.length; i++) {
    const char = rule[i]!
    if (char === '\\') {
      const next = rule[++i] ?? ''
      text += next === 'n' ? '\n' : next
      continue
    }
    if (char !== '*' && char !== '#' && char !== '{' && char !== '(') {
      text += char
      continue
    }
    close()
    if (char === '*') parts.push({ kind: 'own' })
    else if (char === '#') parts.push({ kind: 'group' })
    else {
      TERM.lastIndex = i
      const found = TERM.exec(rule)
      if (!found) throw new RangeError('a rule that this filter did not write')
      parts.push(partOf(found, column))
      i += found[0].length - 1
    }
  }
  close()
  return parts
}

function partOf([, of, plus, by, key, step, scale]: RegExpExecArray, column: (label: string) => number): Part {
  if (of !== undefined) return { kind: 'of', column: column(of) }
  if (plus !== undefined) return { kind: 'plus', column: column(plus), by: Number(by) }
  if (key !== undefined) return { kind: 'by', column: column(key) }
  if (step !== undefined) return { kind: 'step', by: Number(step) }
  return { kind: 'scaled', digits: scale!.length - 1 }
}
