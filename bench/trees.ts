/**
 * bun bench/trees.ts --filter xml|snapshot FILE...
 *
 * What the filter makes of XML files or of snapshots of pages: the share of tokens (o200k_base) that each mode saves, and how many of
 * the values (XML: texts and attributes) or of the refs and names of what can be clicked (snapshots) stand in the output as it is read
 * without the store. docs/xml.md and docs/snapshots.md say where the files come from.
 */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { MemoryStore } from '../ccr/memory.ts'
import { textOf } from '../ccr/text.ts'
import { columns } from '../evals/columns.ts'
import { expand } from '../filters/expand.ts'
import { MODES, type Mode } from '../filters/filter.ts'
import { filterOf } from '../filters/index.ts'
import { run } from '../filters/run.ts'
import { evalHost } from './host.ts'

const { values, positionals } = parseArgs({ options: { filter: { type: 'string' } }, allowPositionals: true })
const filter = await filterOf(values.filter ?? 'xml')
if (!filter) throw new RangeError(`no filter ${values.filter}`)
const world = await evalHost()

const saved = new Map<Mode, number[]>(MODES.map(mode => [mode, []]))
const table = [['file', 'tokens', ...MODES.map(mode => `${mode}%`), 'in-view']]
for (const file of positionals) {
  const text = textOf(readFileSync(file))
  const facts = values.filter === 'snapshot' ? clickable(text) : valuesOf(text)
  const row = [basename(file)]
  let seen = ''
  for (const mode of MODES) {
    const store = new MemoryStore()
    const host = { ...world, store: async () => store, report: (line: string) => console.error(line) }
    const { text: out, tokens } = await run(filter, text, { mode, hint: { path: file } }, host)
    const share = 100 * (1 - tokens.after / tokens.before)
    saved.get(mode)!.push(share)
    if (row.length === 1) row.push(String(tokens.before))
    row.push(share.toFixed(1))
    if (mode === 'balanced') seen = await inView(facts, out)
  }
  table.push([...row, seen])
}
const mean = (list: readonly number[]) => (list.reduce((sum, one) => sum + one, 0) / list.length).toFixed(1)
table.push(['mean', '', ...MODES.map(mode => mean(saved.get(mode)!)), ''])
console.log(columns(table))

/** `facts` that stand in what the output alone decodes to. */
async function inView(facts: readonly string[], out: string): Promise<string> {
  const { bytes } = await expand(Buffer.from(out), filterOf)
  const decoded = Buffer.from(bytes).toString()
  return `${facts.filter(fact => decoded.includes(fact)).length}/${facts.length}`
}

/** Texts without tags and values of attributes, comments aside. */
function valuesOf(text: string): string[] {
  const bare = text.replace(/<!--[\s\S]*?-->/g, '<!>')
  return [...bare.matchAll(/>([^<>]*\S[^<>]*)<\/|\s[\w:.-]+="([^"]+)"/g)].map(([, inner, value]) => inner ?? value!)
}

/** Refs and names of links, buttons and fields, each as its line has it. */
function clickable(text: string): string[] {
  return text.split('\n').flatMap(line => {
    const aria =
      /- '?((?:link|button|\w*box|radio|option|tab|menuitem|slider|switch)\b(?: ".*?")?)[^\n]*?(\[ref=[\w@]+\])/.exec(
        line,
      )
    const uid = /(uid=\w+ (?:link|button|\w*box|radio|option|tab|menuitem)(?: ".*?")?)/.exec(line)
    return aria ? [aria[1]!, aria[2]!] : uid ? [uid[1]!] : []
  })
}
