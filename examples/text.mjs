// A text in, a shorter one out, a gap fetched, the original back: node examples/text.mjs FILE
import { readFile } from 'node:fs/promises'
import { createHeadroom } from 'headroom-ai'

const headroom = createHeadroom({ store: 'memory' })
const log = await readFile(process.argv[2] ?? new URL('./spark.log', import.meta.url), 'utf8')

const short = await headroom.compress(log, { mode: 'aggressive', hint: { path: 'spark.log' } })
console.log(`${short.filter}: ${short.tokens.before} -> ${short.tokens.after} tokens`)

const [gap] = short.spans.filter(span => !span.kept)
if (gap)
  console.log(
    `the gap at ${gap.where} begins: ${(await headroom.retrieve(short.ref, { selector: gap.where })).split('\n')[0]}`,
  )

console.log(`every byte comes back: ${(await headroom.expand(short.text)) === log}`)
await headroom.close()
