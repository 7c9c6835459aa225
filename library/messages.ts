import type { Hint } from '../filters/filter.ts'
import type { CompressedMessages, CompressedText } from './headroom.ts'

type Rewrite = (text: string, hint: Hint) => Promise<CompressedText>
type Fields = Readonly<Record<string, unknown>>

/**
 * The tool results of a history through `rewrite`; every other block, field and order stays, as the same objects. It knows OpenAI
 * Chat Completions, OpenAI Responses, Anthropic Messages and Gemini `contents`, message by message, so mixed and unknown shapes do
 * no harm. No block's bytes depend on a later one: a longer history gives the same bytes for its old part.
 */
export async function rewriteMessages<T extends readonly unknown[]>(
  messages: T,
  rewrite: Rewrite,
): Promise<CompressedMessages<T>> {
  const calls = callsOf(messages)
  const tokens = { before: 0, after: 0 }
  const refs: string[] = []
  async function shortened(text: string, call: Call | undefined): Promise<string> {
    if (call?.ours) return text
    const result = await rewrite(
      text,
      call ? { tool: call.tool, ...(call.command && { command: [call.command] }) } : {},
    )
    tokens.before += result.tokens.before
    tokens.after += result.tokens.after
    refs.push(...result.refs)
    return result.text
  }
  const rewritten = await changed(messages, message =>
    isFields(message) ? rewriteMessage(message, calls, shortened) : Promise.resolve(message),
  )
  return { messages: rewritten as unknown as T, tokens, refs }
}

type Shorten = (text: string, call: Call | undefined) => Promise<string>

/** One message or item: each dialect's tool results, told by their own fields. */
async function rewriteMessage(message: Fields, calls: ReadonlyMap<string, Call>, shorten: Shorten): Promise<unknown> {
  const { role, type } = message
  if (role === 'tool') return withText(message, 'content', calls.get(String(message.tool_call_id)), shorten)
  if (typeof type === 'string' && type.endsWith('_call_output'))
    return withText(message, 'output', calls.get(String(message.call_id)), shorten)
  if (role === 'user' && Array.isArray(message.content)) {
    const blocks = message.content as unknown[]
    const content = await changed(blocks, block =>
      isFields(block) && block.type === 'tool_result'
        ? withText(block, 'content', calls.get(String(block.tool_use_id)), shorten)
        : Promise.resolve(block),
    )
    return content === blocks ? message : { ...message, content }
  }
  if (Array.isArray(message.parts)) {
    const parts = await changed(message.parts as unknown[], part => rewriteGeminiPart(part, shorten))
    return parts === message.parts ? message : { ...message, parts }
  }
  return message
}

/** Text in `field`: a string, or blocks of which those of text are rewritten. */
async function withText(owner: Fields, field: string, call: Call | undefined, shorten: Shorten): Promise<Fields> {
  const value = owner[field]
  if (typeof value === 'string') {
    const text = await shorten(value, call)
    return text === value ? owner : { ...owner, [field]: text }
  }
  if (!Array.isArray(value)) return owner
  const blocks = await changed(value as unknown[], async block => {
    if (!isFields(block) || typeof block.text !== 'string' || !TEXT_BLOCKS.has(String(block.type))) return block
    const text = await shorten(block.text, call)
    return text === block.text ? block : { ...block, text }
  })
  return blocks === value ? owner : { ...owner, [field]: blocks }
}

/** What the dialects call a block of text inside a tool result. */
const TEXT_BLOCKS: ReadonlySet<string> = new Set(['text', 'input_text', 'output_text'])

/** Gemini hands tools' results over as an object: its top-level strings are the text. */
async function rewriteGeminiPart(part: unknown, shorten: Shorten): Promise<unknown> {
  if (!isFields(part) || !isFields(part.functionResponse)) return part
  const { functionResponse } = part
  const { response, name } = functionResponse
  if (!isFields(response)) return part
  const tool = typeof name === 'string' ? name : ''
  let next = response
  for (const [key, value] of Object.entries(response)) {
    if (typeof value !== 'string') continue
    const text = await shorten(value, { tool, ours: OURS.test(tool) })
    if (text !== value) next = { ...next, [key]: text }
  }
  return next === response ? part : { ...part, functionResponse: { ...functionResponse, response: next } }
}

/** The same array where nothing changed, else a new one. One after the other, so that stored originals keep their order. */
async function changed(
  items: readonly unknown[],
  change: (item: unknown) => Promise<unknown>,
): Promise<readonly unknown[]> {
  let copy: unknown[] | undefined
  for (const [i, item] of items.entries()) {
    const next = await change(item)
    if (next !== item) (copy ??= [...items])[i] = next
  }
  return copy ?? items
}

/** The call that a tool result answers. */
interface Call {
  readonly tool: string
  readonly command?: string
  /** It fetched an original: what it printed must stay as it is. */
  readonly ours: boolean
}

const OURS = /headroom_(?:retrieve|expand)$/
const OUR_COMMAND = /\bheadroom\s+(?:retrieve|expand)\b/

/** Calls by id, of every dialect: Chat's tool_calls, Responses' *_call items, Anthropic's tool_use blocks. */
function callsOf(messages: readonly unknown[]): ReadonlyMap<string, Call> {
  const calls = new Map<string, Call>()
  const add = (id: unknown, name: unknown, input: unknown) => {
    if (typeof id === 'string') calls.set(id, callOf(String(name ?? ''), input))
  }
  for (const message of messages) {
    if (!isFields(message)) continue
    for (const call of listOf(message.tool_calls))
      if (isFields(call.function)) add(call.id, call.function.name, call.function.arguments)
    for (const block of listOf(message.content)) if (block.type === 'tool_use') add(block.id, block.name, block.input)
    if (typeof message.call_id === 'string' && !String(message.type).endsWith('_output'))
      add(message.call_id, message.name ?? message.type, message.arguments ?? message.input ?? message.action)
  }
  return calls
}

function callOf(tool: string, input: unknown): Call {
  const command = commandOf(input)
  return { tool, ...(command && { command }), ours: OURS.test(tool) || OUR_COMMAND.test(command ?? '') }
}

/** The shell line of a call, where it has one: in Claude's `command`, Codex's `cmd`, or an argv. */
function commandOf(input: unknown): string | undefined {
  const fields = typeof input === 'string' ? parsed(input) : input
  if (!isFields(fields)) return undefined
  const { command, cmd } = fields
  const line = command ?? cmd
  if (Array.isArray(line)) return line.join(' ')
  return typeof line === 'string' ? line : undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // A client's own input, cut off or no JSON: nothing is known of its command.
    return undefined
  }
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const listOf = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.filter(isFields) : [])
