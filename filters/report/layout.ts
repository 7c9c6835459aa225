import type { Layout } from '../table/grid.ts'

/** Lines of one template: `line test * ... *`. */
export function lineLayout(literals: readonly string[]): Layout {
  return {
    spec: `line ${literals.map(text => text.replace(/[*\\\n]/g, char => (char === '\n' ? '\\n' : `\\${char}`))).join('*')}`,
    separator: ',',
    join: cells => literals.map((literal, at) => literal + (cells[at] ?? '')).join(''),
  }
}

/** The layout that a table's line names. Throws a RangeError where there is none of that name. */
export function layoutOf(spec: string): Layout {
  if (!spec.startsWith('line ')) throw new RangeError(`no layout ${spec}`)
  const literals = ['']
  for (let i = 5; i < spec.length; i++) {
    const char = spec[i]!
    if (char === '*') literals.push('')
    else if (char !== '\\') literals[literals.length - 1] += char
    else literals[literals.length - 1] += spec[++i] === 'n' ? '\n' : (spec[i] ?? '')
  }
  return lineLayout(literals)
}
