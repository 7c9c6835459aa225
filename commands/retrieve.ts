import { RetrieveError, retrieve } from '../ccr/retrieve.ts'
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
        return 0
      } catch (cause) {
        if (!(cause instanceof RetrieveError)) throw cause
        io.warn(`retrieve: ${cause.message}`)
        return cause.kind === 'usage' ? 2 : 1
      }
    })
  },
})
