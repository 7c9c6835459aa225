import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Filter, MODES, type Mode } from '../filters/filter.ts'
import { type Baseline, baselineOf, type Cuts, cutsOf } from './baselines.ts'
import { type Corpus, type Input, readCorpus } from './corpus.ts'
import { readable } from './facts.ts'
import { type EvalHost, filterNamed, lookUp, type Measured, measure } from './measure.ts'
import { negatives } from './negatives.ts'

export interface SuiteAsk {
  /** A folder of files, at its top or one folder deep; absent: the built-in set and, in a checkout that has it, ../shared/corpora. */
  readonly corpus?: string
  readonly modes?: readonly Mode[]
  /** By name; absent: `auto` for every file and then the filter that is made for the folder's kind. */
  readonly filter?: string
  /** Only these folders of the corpora. */
  readonly folders?: readonly string[]
}

/** One file, one filter, one mode. */
export interface Row extends Omit<Measured, 'output'>, Cuts {
  readonly corpus: string
  readonly folder: string
  readonly file: string
  /** The filter asked for; `filter` is the one that did it. */
  readonly asked: string
  readonly mode: Mode
  readonly bytes: number
  readonly changed: boolean
}

/** What simpler means make of one file. */
export interface Other extends Baseline {
  readonly corpus: string
  readonly folder: string
  readonly file: string
  readonly before: number
}

export interface SuiteResult {
  readonly rows: readonly Row[]
  readonly others: readonly Other[]
  /** Texts that should pass unchanged, and whether they did in every mode. */
  readonly negatives: readonly { readonly name: string; readonly passed: boolean }[]
}

/**
 * Savings, facts and round trips over files: deterministic but for the rows' `ms`. Each file meets a store of its own; the user's is
 * left alone. Throws where `corpus` cannot be read, and a RangeError for a filter that is not there.
 */
export async function runSuite(ask: SuiteAsk, host: EvalHost): Promise<SuiteResult> {
  const modes = ask.modes ?? MODES
  const rows: Row[] = []
  const others: Other[] = []
  for (const corpus of corporaOf(ask))
    for (const input of corpus.inputs) {
      const place = { corpus: corpus.name, folder: input.folder, file: input.name }
      for (const filter of await filtersFor(input, ask, host))
        for (const mode of modes) rows.push({ ...place, ...(await rowOf(input, filter, mode, host)) })
      const text = readable(input.bytes)
      others.push({ ...place, before: host.tokenizer.count(text), ...baselineOf(text, input.bytes, host.tokenizer) })
    }
  return { rows, others, negatives: ask.corpus === undefined ? await passing(ask, modes, host) : [] }
}

/** Where the built-in inputs and a checkout's development corpora lie; the compiled binary has neither. */
const DEFAULTS = ['./cases', '../../shared/corpora'].map(path => fileURLToPath(new URL(path, import.meta.url)))

function corporaOf({ corpus, folders }: SuiteAsk): Corpus[] {
  const dirs = corpus === undefined ? DEFAULTS.filter(dir => existsSync(dir)) : [corpus]
  return dirs.map(dir => readCorpus(dir, folders))
}

/** The filter that each kind of text is made for. */
export const MADE_FOR: Readonly<Record<string, string>> = {
  builds: 'report',
  'code-search': 'search',
  csv: 'table',
  diffs: 'diff',
  html: 'html',
  json: 'crush-json',
  logs: 'log',
  prose: 'kompress',
}

/** The filters that a folder's files are measured with: the one asked for, else `auto` and what is made for the folder's kind. */
export async function filtersFor(
  { folder }: Pick<Input, 'folder'>,
  { filter }: SuiteAsk,
  host: EvalHost,
): Promise<Filter[]> {
  if (filter !== undefined) return [await filterNamed(filter, host)]
  const own = await lookUp(MADE_FOR[folder] ?? '', host)
  const auto = await filterNamed('auto', host)
  return own ? [auto, own] : [auto]
}

async function rowOf(input: Input, filter: Filter, mode: Mode, host: EvalHost) {
  const { output, ...measured } = await measure({ ...input, hint: { path: input.name } }, filter, mode, host)
  const share = measured.before === 0 ? 1 : measured.after / measured.before
  return {
    asked: filter.name,
    mode,
    bytes: input.bytes.length,
    changed: Buffer.compare(output, input.bytes) !== 0,
    ...measured,
    ...cutsOf(input, readable(input.bytes), share),
  }
}

async function passing({ filter = 'auto' }: SuiteAsk, modes: readonly Mode[], host: EvalHost) {
  const found = []
  for (const { name, text, hint } of negatives) {
    let passed = true
    for (const mode of modes) {
      const subject = { bytes: Buffer.from(text), folder: '', hint, facts: [] }
      const { output } = await measure(subject, await filterNamed(filter, host), mode, host)
      passed &&= output.toString() === text
    }
    found.push({ name, passed })
  }
  return found
}
