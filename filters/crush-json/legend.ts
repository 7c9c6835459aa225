/** The marks that a body uses, with what they mean: words for the head line, without brackets and colons. */
export function legendOf(body: string): string {
  const heads = headsOf(body)
  const used = [...MARKS.filter(([mark]) => mark.test(body)), ...HEAD_MARKS.filter(([mark]) => mark.test(heads))].map(
    ([, meaning]) => meaning,
  )
  return used.length > 0 ? `- ${used.join(', ')}` : ''
}

/** The heads of shapes, which stand before all rows, and those of tables. */
function headsOf(body: string): string {
  const heads: string[] = []
  let rows = false
  for (const line of body.split('\n')) {
    if (line.startsWith('&') && !rows) continue
    const shape = SHAPE.test(line)
    if (TABLE.test(line) || (shape && !rows)) heads.push(line)
    if (!shape) rows = true
  }
  return heads.join('\n')
}

const SHAPE = /^[A-Z]{1,2}[,| ]/
const TABLE = /^@\d{1,9}[[{]\d/

const MARKS: readonly (readonly [RegExp, string])[] = [
  [/^&a=/m, '&a as defined with what follows it'],
  [/[\n,| ]\^(?=[\n,| ]|$)/, '^ as above'],
  [/[\n,| =(;]~(?=[\n,| );\]]|$)/, '~ absent'],
  [/[,| ;(\n[]=\S/, '=x is x itself'],
  [/json[[{]/, 'json{ a string of JSON text'],
  [/[A-Z][([]/, 'A(..) values by the names of A'],
]

const HEAD_MARKS: readonly (readonly [RegExp, string])[] = [
  [/[^\s{;,|]{2}=/, 'x=1 in all rows but those that say other'],
  [/\{\}/, '{} stands for the cell'],
  [/\{[^{}\n]{1,80}\*\}/, '{x*} the cell of x'],
  [/\{a=/, 'a b codes'],
  [/\{[^{}\n]{1,40}row\}/, 'row counts from 0'],
  [/[,| ]\[/, 'a head in brackets is of arrays, its elements without names'],
  [/:str(?=[,| \]\n]|$)/, 'str all strings'],
  [/[,| ]@key/, '@key names the row'],
]
