import { dotted, RetrieveError, retrieve } from '../ccr/retrieve.ts'
import type { Store } from '../ccr/store.ts'
import type { Options } from '../filters/options.ts'
import { UsageError } from '../filters/options.ts'
import { defineCommand } from './command.ts'
import { withStore } from './with-store.ts'

const OPTIONS = {
  lines: { type: 'string', value: '40-60', help: 'Lines, 1-based, inclusive; as L40-60' },
  grep: { type: 'string', value: 'RE', help: 'The lines that match a regular expression' },
  context: { type: 'number', min: 0, max: 1000, help: 'Lines around each match of --grep' },
  path: { type: 'string', value: "'$.items[3].name'", help: 'A JSON value, or a run of elements' },
  symbol: { type: 'string', value: 'NAME', help: 'The definition of a name in source text' },
  for: { type: 'string', value: 'QUESTION', help: 'The lines that bear most on a question' },
  head: { type: 'number', min: 1, help: 'The first lines' },
  tail: { type: 'number', min: 1, help: 'The last lines' },
} as const satisfies Options

export default defineCommand({
  name: 'retrieve',
  summary: 'Print the exact bytes of an original, or of one of its gaps',
  options: OPTIONS,
  operands: 'ID [SELECTOR]',
  async run({ values, operands }, io) {
    const [id, selector, extra] = operands
    if (!id) throw new UsageError('retrieve needs an id, as in headroom retrieve 3f9a1c2b7d L40-60')
    if (extra !== undefined)
      throw new UsageError(`retrieve takes one selector, but there is also ${JSON.stringify(extra)}`)
    const { for: query, ...rest } = values
    const ask = { ...rest, ...(query !== undefined && { query }), ...(selector !== undefined && { selector }) }
    return withStore(io, async store => {
      try {
        await io.write(await retrieve(store, id, ask))
        if (values.symbol) for (const line of await namesakes(store, id, values.symbol)) io.warn(`retrieve: ${line}`)
        return 0
      } catch (cause) {
        if (!(cause instanceof RetrieveError)) throw cause
        const near = cause.kind === 'missing' && values.symbol ? await nearName(store, id, values.symbol) : ''
        io.warn(`retrieve: ${cause.message}${near}`)
        return cause.kind === 'usage' ? 2 : 1
      }
    })
  },
})

/** Where else a name is defined, if it is. */
async function namesakes(store: Store, id: string, symbol: string): Promise<string[]> {
  const name = dotted(symbol)
  const [{ symbolRanges }, text] = await sourceOf(store, id)
  const ranges = text === undefined || name.includes('.') ? [] : symbolRanges(text, name)
  if (ranges.length < 2) return []
  const places = ranges.slice(0, MOST).map(([first, last]) => `L${first}-${last}`)
  const more = ranges.length > MOST ? ', ...' : ''
  return [
    `${name} is defined ${ranges.length} times, ${places.join(', ')}${more}; Class.${name} or lines tell them apart`,
  ]
}

/** Definitions of one name that are listed. */
const MOST = 12

async function nearName(store: Store, id: string, symbol: string): Promise<string> {
  const [{ namesIn }, text] = await sourceOf(store, id)
  if (text === undefined) return ''
  const { nearest } = await import('./nearest.ts')
  const found = nearest(dotted(symbol).split('.').at(-1)!, namesIn(text))
  return found === undefined ? '' : `; ${found} is near`
}

async function sourceOf(store: Store, id: string) {
  const [symbols, { textOf }, entry] = await Promise.all([
    import('../ccr/symbol.ts'),
    import('../ccr/text.ts'),
    store.get(id.toLowerCase()),
  ])
  return [symbols, entry && textOf(entry.original)] as const
}
