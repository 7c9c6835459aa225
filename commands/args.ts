import { parseArgs } from 'node:util'
import { type Option, type Options, UsageError } from '../filters/options.ts'
import { nearest } from './nearest.ts'
import { numberOf } from './number.ts'

export interface Given {
  /** Values of the flags that were typed; defaults are not filled in. */
  readonly flags: Readonly<Record<string, unknown>>
  readonly operands: readonly string[]
}

/** Typed words to values by an options table, strictly. Throws a UsageError that names the nearest valid flag. */
export function parseFlags(words: readonly string[], options: Options): Given {
  const { tokens } = parseArgs({
    args: [...words],
    options: shapes(options),
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const flags: Record<string, unknown> = {}
  const operands: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value)
    if (token.kind === 'option') flags[token.name] = flagValue(token, options)
  }
  return { flags, operands }
}

function shapes(options: Options) {
  const shape = ({ type, short }: Option) => ({
    type: type === 'boolean' ? ('boolean' as const) : ('string' as const),
    ...(short && { short }),
  })
  return Object.fromEntries(Object.entries(options).map(([name, option]) => [name, shape(option)]))
}

interface FlagToken {
  readonly name: string
  readonly rawName: string
  readonly value?: string | undefined
  readonly inlineValue?: boolean | undefined
}

function flagValue({ name, rawName, value, inlineValue }: FlagToken, options: Options): unknown {
  const option = Object.hasOwn(options, name) ? options[name] : undefined
  if (!option) throw unknownFlag(rawName, options)
  if (option.type === 'boolean') {
    if (inlineValue) throw new UsageError(`${rawName} takes no value`)
    return true
  }
  if (value === undefined || (!inlineValue && /^-./.test(value)))
    throw new UsageError(`${rawName} needs a value, as in ${rawName}=${example(option)}`)
  return option.type === 'number' ? numberOf(rawName, value) : value
}

function unknownFlag(rawName: string, options: Options): UsageError {
  const names = Object.keys(options).map(name => `--${name}`)
  const like = nearest(rawName, names)
  return new UsageError(`unknown flag ${rawName}${like ? `; did you mean ${like}?` : ''}`)
}

const example = (option: Option): string =>
  option.type === 'number' ? '1000' : option.type === 'string' && option.choices ? option.choices[0]! : 'VALUE'
