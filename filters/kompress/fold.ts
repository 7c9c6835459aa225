import type { Signal } from '../filter.ts'

/** A text with its repeats folded, and the note that its head needs. */
export interface Folded {
  readonly body: string
  readonly note: string
}

/**
 * Lines and paragraphs that stand more than once, written once: first the repeated texts under names, then the text with a name
 * where one of them stood, `x3` where it stood three times in a row.
 *
 *   @A=The same line, again and again.
 *   @B 2 lines
 *   First line of a repeated paragraph,
 *   and its second one.
 *   What stands once.
 *   @B
 *   @A x3
 *
 * A line of the text that begins with @ gets another one. Undefined where nothing pays for its name.
 */
export function fold(text: string, signal: Signal): Folded | undefined {
  const lines = text.split('\n')
  const repeats = worthNaming(lines, signal)
  if (repeats.size === 0) return undefined
  const names = new Map<string, string>()
  const body: string[] = []
  for (const { key, from, to } of unitsOf(lines, repeats, signal)) {
    if (!repeats.has(key)) {
      for (let i = from; i < to; i++) body.push(escaped(lines[i]!))
      continue
    }
    let name = names.get(key)
    if (!name) names.set(key, (name = `@${letters(names.size)}`))
    const last = body.at(-1)
    if (last === name) body[body.length - 1] = `${name} x2`
    else if (last?.startsWith(`${name} x`))
      body[body.length - 1] = `${name} x${Number(last.slice(name.length + 2)) + 1}`
    else body.push(name)
  }
  const entries = [...names].map(([key, name]) => entryOf(name, key))
  return { body: [...entries, ...body].join('\n'), note: `folded ${names.size}` }
}

/** The inverse of fold. Throws a RangeError on a body that fold did not write. */
export function unfold(body: string, note: string): string {
  const lines = body.split('\n')
  const texts = new Map<string, string>()
  let at = 0
  const entries = /^folded (\d{1,7})$/.exec(note)?.[1]
  if (!entries) throw new RangeError(`no note of folded texts: ${note}`)
  for (let left = Number(entries); left > 0; left--) {
    const line = lines[at++] ?? ''
    const [, name, count, text] = /^(@[A-Z]+)(?: (\d+) lines$|=(.*)$)/s.exec(line) ?? []
    if (!name) throw new RangeError('a repeated text is missing')
    texts.set(name, count === undefined ? text! : lines.slice(at, at + Number(count)).join('\n'))
    at += Number(count ?? 0)
  }
  const out: string[] = []
  let room = LARGEST
  for (; at < lines.length; at++) {
    const line = lines[at]!
    if (!line.startsWith('@')) out.push(line)
    else if (line.startsWith('@@')) out.push(line.slice(1))
    else {
      const { text, times } = referenceOf(line, texts)
      room -= times * (text.length + 1)
      if (room < 0) throw new RangeError('a name stands for too much')
      for (let i = 0; i < times; i++) out.push(text)
    }
  }
  return out.join('\n')
}

/** UTF-16 units that names may stand for: no text that was folded is longer, a forged one might be. */
const LARGEST = 128 * 1024 * 1024

function referenceOf(line: string, texts: ReadonlyMap<string, string>): { text: string; times: number } {
  const [, name, times = '1'] = /^(@[A-Z]+)(?: x(\d+))?$/.exec(line) ?? []
  const text = name === undefined ? undefined : texts.get(name)
  if (text === undefined) throw new RangeError('a name stands for no text')
  return { text, times: Number(times) }
}

const escaped = (line: string) => (line.startsWith('@') ? `@${line}` : line)

function entryOf(name: string, key: string): string {
  const count = key.split('\n').length
  return count === 1 ? `${name}=${key}` : `${name} ${count} lines\n${key}`
}

/** A paragraph or a line: its text, and its lines [from, to). */
interface Unit {
  readonly key: string
  readonly from: number
  readonly to: number
}

/** The texts that pay for their name: repeated paragraphs, and repeated lines outside of them. */
function worthNaming(lines: readonly string[], signal: Signal): ReadonlySet<string> {
  const paragraphs = counted(unitsOf(lines, undefined, signal))
  const worth = new Set(
    [...paragraphs].filter(([key, count]) => key.includes('\n') && pays(key, count)).map(([key]) => key),
  )
  const single = counted(unitsOf(lines, worth, signal))
  for (const [key, count] of single) if (!key.includes('\n') && pays(key, count)) worth.add(key)
  return worth
}

function counted(units: Iterable<Unit>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { key } of units) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}

/** A name costs about three tokens wherever it stands, a token is about four units. */
const pays = (key: string, count: number) => count > 1 && (count - 1) * (key.length / 4) > 3 * count + 4

/** Paragraphs whose text is in `whole` (all of them where it is undefined), and the lines of the others one by one. */
function* unitsOf(lines: readonly string[], whole: ReadonlySet<string> | undefined, signal: Signal): Generator<Unit> {
  for (let from = 0; from < lines.length; ) {
    let to = from
    while (to < lines.length && lines[to]!.trim() !== '') to++
    signal.throwIfAborted(1 + to - from)
    if (to === from) to++
    const key = lines.slice(from, to).join('\n')
    if (!whole || (to - from > 1 && whole.has(key))) yield { key, from, to }
    else for (let i = from; i < to; i++) yield { key: lines[i]!, from: i, to: i + 1 }
    from = to
  }
}

/** A, B ... Z, AA, AB ... */
function letters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26))
  return index < 26 ? last : letters(Math.floor(index / 26) - 1) + last
}
