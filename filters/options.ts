/** Options as data: flags, help, completions and schemas are all derived from one table. */

export type Option = { readonly help: string; readonly short?: string } & (
  | { readonly type: 'boolean'; readonly default?: boolean }
  | { readonly type: 'number'; readonly default?: number; readonly min?: number; readonly max?: number }
  | {
      readonly type: 'string'
      readonly default?: string
      readonly choices?: readonly string[]
      readonly value?: string
    }
)
export type Options = Readonly<Record<string, Option>>

type ValueOf<T extends Option> = T extends { type: 'boolean' }
  ? boolean
  : T extends { type: 'number' }
    ? number
    : string

/** The values of an options table: a default makes the key certain. */
export type Values<O extends Options> = {
  readonly [K in keyof O as O[K] extends { default: unknown } ? K : never]: ValueOf<O[K]>
} & { readonly [K in keyof O as O[K] extends { default: unknown } ? never : K]?: ValueOf<O[K]> }

/** A question asked wrongly: one line for the user, exit code 2, never a stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** `given` with the table's defaults filled in. Throws a UsageError for a value that the table does not allow. */
export function valuesOf<O extends Options>(options: O, given: Readonly<Record<string, unknown>> = {}): Values<O> {
  const values: Record<string, unknown> = {}
  for (const [name, option] of Object.entries(options)) {
    const value = given[name] ?? option.default
    if (value === undefined) continue
    checkValue(name, option, value)
    values[name] = value
  }
  return values as Values<O>
}

function checkValue(name: string, option: Option, value: unknown): void {
  if (typeof value !== option.type) throw new UsageError(`${name} takes a ${option.type}, not ${JSON.stringify(value)}`)
  if (option.type === 'number') checkNumber(name, option, value as number)
  if (option.type === 'string' && option.choices && !option.choices.includes(value as string))
    throw new UsageError(`${name} is one of ${option.choices.join(', ')}, not ${JSON.stringify(value)}`)
}

function checkNumber(name: string, { min, max }: { min?: number; max?: number }, value: number): void {
  if (!Number.isSafeInteger(value)) throw new UsageError(`${name} takes a whole number, not ${value}`)
  if (min !== undefined && value < min) throw new UsageError(`${name} is at least ${min}, not ${value}`)
  if (max !== undefined && value > max) throw new UsageError(`${name} is at most ${max}, not ${value}`)
}
