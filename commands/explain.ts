import { isOurs, markersOf } from '../ccr/marker.ts'
import { Original } from '../ccr/original.ts'
import { bytes, parseSelector, printSelector } from '../ccr/select.ts'
import { textOf } from '../ccr/text.ts'
import { filterOf } from '../filters/index.ts'
import { type Options, UsageError } from '../filters/options.ts'
import { BudgetError, type Compressed, run } from '../filters/run.ts'
import type { Tokenizer } from '../models/models.ts'
import { askOf, type Flags, SHARED, withSettings } from './ask.ts'
import { defineCommand, type Io } from './command.ts'
import { type Explained, explainView } from './explain-view.ts'
import { openHost } from './host.ts'
import { settingsOf } from './settings.ts'

const { follow: _follow, explain: _explain, stats: _stats, json, ...FILTERING } = SHARED
const OPTIONS = {
  filter: { type: 'string', value: 'NAME', default: 'auto', help: 'The filter to explain' },
  ...FILTERING,
  json: { ...json, help: 'Print JSON: the result and its ranges' },
} as const satisfies Options

export default defineCommand({
  name: 'explain',
  summary: 'Which rule kept or cut what, what each gap saved, and how to get it back',
  options: OPTIONS,
  operands: '[FILE]',
  async run({ values, typed, operands: [path = '-', extra] }, io) {
    if (extra !== undefined) throw new UsageError(`explain takes one file, but there is also ${JSON.stringify(extra)}`)
    const filter = await filterOf(values.filter)
    if (!filter) throw new UsageError(`no filter ${JSON.stringify(values.filter)}; headroom --help lists them`)
    const text = await textOfOperand(path, io)
    if (text === undefined) return 1
    const settings = await settingsOf(io)
    const flags = withSettings({ ...values, follow: false, explain: true, stats: false } as Flags, typed, settings)
    const host = await openHost(io, settings, { store: !flags['no-store'] })
    try {
      const ask = await askOf(filter, flags, host)
      const result = await run(filter, text, { ...ask, ...(path !== '-' && { hint: { path } }) }, host)
      const ranges = explained(result, new Original(text), host.tokenizer)
      const { text: _, steps: __, spans: ___, ...facts } = result
      const colours = !io.env.NO_COLOR && (await io.isTerminal('stdout'))
      await io.write(
        values.json
          ? `${JSON.stringify({ ...facts, ranges })}\n`
          : explainView(result, ranges, { colours, width: Number(io.env.COLUMNS) || 100 }),
      )
      return 0
    } catch (cause) {
      if (!(cause instanceof BudgetError)) throw cause
      io.warn(cause.message)
      return 3
    }
  },
})

async function textOfOperand(path: string, io: Io): Promise<string | undefined> {
  const chunks: Uint8Array[] = []
  try {
    for await (const chunk of path === '-' ? io.stdin : io.open(path)) chunks.push(chunk)
    return textOf(Buffer.concat(chunks))
  } catch (cause) {
    io.warn(`explain: ${path} cannot be read (${(cause as NodeJS.ErrnoException).code ?? cause})`)
    return undefined
  }
}

/** The result's ranges in the order of the original, what lies between them too, each with its tokens. */
function explained(
  { text, spans, ref, why }: Compressed,
  original: Original,
  tokenizer: Tokenizer,
): readonly Explained[] {
  if (why || isOurs(original.text)) return []
  const markers = new Map(
    markersOf(text).map(({ where, start, end }) => [printSelector(where), text.slice(start, end)]),
  )
  const ranges: Explained[] = []
  for (const { where, kept, rule } of spans) {
    const resolved = original.resolve(parseSelector(where)!)
    const slice = original.slice(parseSelector(where)!)
    const saved = kept ? 0 : tokenizer.count(slice) - tokenizer.count(markers.get(where) ?? '')
    const { from } = resolved[0]!
    ranges.push({
      where,
      kept,
      rule,
      line: original.lineAt(from),
      from,
      to: resolved.at(-1)!.to,
      sample: slice.slice(0, SAMPLE),
      saved,
      ...(!kept && { command: `headroom retrieve ${ref} ${quoted(where)}` }),
    })
  }
  return [...ranges, ...between(ranges, original)].sort((a, b) => a.from - b.from || b.to - a.to)
}

/** What no rule speaks of: it is in the text, in its own words or in the filter's notation. */
function between(told: readonly Explained[], original: Original): Explained[] {
  if (told.length === 0) return []
  const ranges: Explained[] = []
  let at = 0
  for (const { from, to } of [...told.toSorted((a, b) => a.from - b.from), { from: original.bytes.length, to: 0 }]) {
    if (from > at) ranges.push(untouched(at, from, original))
    at = Math.max(at, to)
  }
  return ranges.filter(({ sample }) => sample.trim() !== '')
}

function untouched(from: number, to: number, original: Original): Explained {
  const where = bytes(from, to)
  const sample = original.slice(where).slice(0, SAMPLE)
  return {
    where: printSelector(where),
    kept: true,
    rule: 'no rule cuts it',
    line: original.lineAt(from),
    from,
    to,
    sample,
    saved: 0,
  }
}

/** UTF-16 code units of a range that the view may show. */
const SAMPLE = 400

/** A selector as a shell takes it. */
const quoted = (where: string) => (/^[\w,-]+$/.test(where) ? where : `'${where.replaceAll("'", `'\\''`)}'`)
