import { Original } from '../ccr/original.ts'

/** A part of the text that a question names by its place, in UTF-16 code units. */
export interface Wanted {
  readonly start: number
  readonly end: number
}

/** `.items[3].name`, `$.items[3]`, `[12].payload.title`, as people and tools write paths into JSON. */
const PATH = /(?:^|[\s`'"(])\$?((?:\.[A-Za-z_$][\w$-]*|\[\d{1,9}\]|\["[^"\n]{1,100}"\])+)(?=$|[\s`'")?,:])/g
/** `src/auth/login.ts:88`. */
const HIT = /(?:^|[\s`'"(])([^\s`'"():]{1,300}:\d{1,9})(?=$|[\s`'")?,])/g

/** The values at JSON paths and the lines at `path:line` that `query` names and the text has. Linear. */
export function wantedBy(query: string, text: string): Wanted[] {
  const question = query.slice(0, 2000)
  const paths = [...question.matchAll(PATH)].flatMap(([, path]) => valueAt(path!, text) ?? [])
  return [...paths, ...[...question.matchAll(HIT)].flatMap(([, place]) => lineAt(`${place}:`, text) ?? [])]
}

function valueAt(path: string, text: string): Wanted | undefined {
  if (!/^\s*[[{]/.test(text.slice(0, 200))) return undefined
  const whole = new Original(text).find(`$${path}`)
  if (whole) return { start: whole[0], end: whole[1] }
  const row = /^\[(\d+)\](.*)$/.exec(path)
  return row ? valueInRow(Number(row[1]), row[2]!, text) : undefined
}

/** In NDJSON the first index is a row's. */
function valueInRow(row: number, path: string, text: string): Wanted | undefined {
  let start = 0
  for (let i = 0; i < row; i++) {
    start = text.indexOf('\n', start) + 1
    if (start === 0) return undefined
  }
  const end = text.indexOf('\n', start)
  const found = new Original(text.slice(start, end < 0 ? undefined : end)).find(`$${path}`)
  return found && { start: start + found[0], end: start + found[1] }
}

function lineAt(beginning: string, text: string): Wanted | undefined {
  const start = text.startsWith(beginning) ? 0 : text.indexOf(`\n${beginning}`) + 1
  if (start === 0 && !text.startsWith(beginning)) return undefined
  const end = text.indexOf('\n', start)
  return { start: start + beginning.length, end: end < 0 ? text.length : end }
}

/** Does a rewrite show how each wanted part begins? Quotes and escapes aside, which notations write in their own ways. */
export function shows(rewrite: string, wanted: readonly Wanted[], text: string): boolean {
  return wanted.every(({ start, end }) => {
    const part = text
      .slice(start, Math.min(end, start + 80))
      .trim()
      .replace(/^"|"$/g, '')
    return rewrite.includes(part.split(/[\\"\n]/)[0]!.trim())
  })
}
