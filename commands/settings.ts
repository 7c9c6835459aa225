import { MODES } from '../filters/filter.ts'
import { type Options, UsageError, type Values, valuesOf } from '../filters/options.ts'
import { MIN_BUDGET } from '../filters/plan.ts'
import type { Io } from './command.ts'
import { numberOf } from './number.ts'

/** What a user may set for good: `HEADROOM_MIN_TOKENS=200`, or `"min-tokens": 200` in config.jsonc. Flags of the same name win. */
export const SETTINGS = {
  mode: { type: 'string', choices: MODES, default: 'balanced', help: 'How much may go' },
  budget: { type: 'number', min: MIN_BUDGET, help: 'The most tokens that may come out: a guarantee' },
  'min-tokens': { type: 'number', min: 0, default: 0, help: 'Texts of fewer tokens pass' },
  tokenizer: {
    type: 'string',
    default: 'o200k_base',
    value: 'NAME',
    help: 'Counts figures and budgets: o200k_base, cl100k_base, claude, gemini',
  },
  stats: { type: 'boolean', default: false, help: 'Say on stderr what was saved' },
  store: {
    type: 'string',
    choices: ['on', 'off'],
    default: 'on',
    help: 'Where originals wait; off: nothing is kept, so nothing with gaps comes out',
  },
  'store-path': { type: 'string', value: 'FILE', help: "The store's file" },
  'store-max-bytes': {
    type: 'number',
    min: 1024 * 1024,
    default: 512 * 1024 * 1024,
    help: 'Size cap of the store in bytes',
  },
  'store-max-age': { type: 'number', min: 1, default: 30, help: 'Days after which an entry may go' },
} as const satisfies Options

export type Source = 'default' | 'config' | 'environment'
export interface Settings {
  readonly values: Values<typeof SETTINGS>
  readonly sources: Readonly<Record<string, Source>>
}

/** Defaults, then the configuration file, then the environment. Throws a UsageError that names the file or the variable. */
export async function settingsOf(io: Io): Promise<Settings> {
  const found: Record<string, unknown> = {}
  const sources: Record<string, Source> = Object.fromEntries(Object.keys(SETTINGS).map(name => [name, 'default']))
  for (const [name, value] of Object.entries(await configured(io))) {
    found[name] = value
    sources[name] = 'config'
  }
  for (const name of Object.keys(SETTINGS)) {
    const text = io.env[variableOf(name)]
    if (text === undefined || text === '') continue
    found[name] = named(variableOf(name), () => parsed(name, text))
    sources[name] = 'environment'
  }
  return { values: valuesOf(SETTINGS, found), sources }
}

export const variableOf = (name: string): string => `HEADROOM_${name.toUpperCase().replaceAll('-', '_')}`

/** `$XDG_CONFIG_HOME/headroom/config.jsonc`, else below `$HOME/.config`; undefined without a home. */
export function configPath(env: Io['env']): string | undefined {
  const base = env.XDG_CONFIG_HOME || (env.HOME && `${env.HOME}/.config`)
  return base ? `${base}/headroom/config.jsonc` : undefined
}

async function configured(io: Io): Promise<Record<string, unknown>> {
  const path = configPath(io.env)
  const text = path && (await textOfFile(io, path))
  if (!text) return {}
  const { parse } = await import('jsonc-parser')
  const errors: { offset: number }[] = []
  const value = parse(text, errors as never[], { allowTrailingComma: true }) as unknown
  if (errors.length > 0 || typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UsageError(`${path}: not a JSON object with comments; mend it or move it away`)
  return named(path, () => checked(value as Record<string, unknown>))
}

function checked(given: Record<string, unknown>): Record<string, unknown> {
  for (const name of Object.keys(given))
    if (!Object.hasOwn(SETTINGS, name))
      throw new UsageError(`no setting ${JSON.stringify(name)}; headroom config lists them`)
  valuesOf(SETTINGS, given)
  return given
}

/** A setting's value from text, as the environment and `headroom config set` give it. */
export function parsed(name: string, text: string): unknown {
  const option = Object.hasOwn(SETTINGS, name) ? SETTINGS[name as keyof typeof SETTINGS] : undefined
  if (!option) throw new UsageError(`no setting ${JSON.stringify(name)}; headroom config lists them`)
  const value = option.type === 'number' ? numberOf(name, text) : option.type === 'boolean' ? truth(name, text) : text
  valuesOf({ [name]: option }, { [name]: value })
  return value
}

function truth(name: string, text: string): boolean {
  if (/^(?:1|true|on|yes)$/i.test(text)) return true
  if (/^(?:0|false|off|no)$/i.test(text)) return false
  throw new UsageError(`${name} is on or off, not ${JSON.stringify(text)}`)
}

function named<T>(where: string, work: () => T): T {
  try {
    return work()
  } catch (cause) {
    if (cause instanceof UsageError) throw new UsageError(`${where}: ${cause.message}`, { cause })
    throw cause
  }
}

/** The file's text, or undefined where there is none. */
export async function textOfFile(io: Io, path: string): Promise<string | undefined> {
  const chunks: Uint8Array[] = []
  try {
    for await (const chunk of io.open(path)) chunks.push(chunk)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT' || (cause as NodeJS.ErrnoException).code === 'ENOTDIR')
      return undefined
    throw new UsageError(`${path}: cannot be read (${(cause as NodeJS.ErrnoException).code ?? cause})`, { cause })
  }
  return Buffer.concat(chunks).toString('utf8')
}
