// The tool results of an agent's history, before it is sent to a model: node examples/messages.mjs
import { readFile } from 'node:fs/promises'
import { createHeadroom } from 'headroom-ai'

const headroom = createHeadroom({ store: 'memory' })
const log = await readFile(new URL('./spark.log', import.meta.url), 'utf8')

const history = [
  { role: 'user', content: 'Why did the job stop?' },
  {
    role: 'assistant',
    content: [{ type: 'tool_use', id: 'call_1', name: 'Bash', input: { command: 'cat spark.log' } }],
  },
  {
    role: 'user',
    content: [{ type: 'tool_result', tool_use_id: 'call_1', content: log, cache_control: { type: 'ephemeral' } }],
  },
]
const { messages, tokens } = await headroom.compress(history)
console.log(`tool results: ${tokens.before} -> ${tokens.after} tokens`)
console.log(`the question is the same object: ${messages[0] === history[0]}`)
console.log(`cache_control stays: ${JSON.stringify(messages[2].content[0].cache_control)}`)
await headroom.close()
