import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Fact } from './facts.ts'

/** Files to measure on, each with what a reader may ask of it. */
export interface Corpus {
  readonly name: string
  readonly inputs: readonly Input[]
}

export interface Input {
  /** The kind of text: `logs`, `json` ...; the name of the folder it lies in. */
  readonly folder: string
  readonly name: string
  readonly bytes: Uint8Array
  /** Empty where nobody wrote any: then only savings and round trips are measured. */
  readonly facts: readonly Fact[]
}

/**
 * The files below `dir`, one folder deep or at its top, by name; `FACTS.jsonl` beside them, a fact a line `{file, id, kind, question,
 * answer, occurrences}`, is read where it exists. Files in capitals (INDEX.md, SOURCES.md) are about the corpus and are no part of it.
 * Throws where `dir` cannot be read.
 */
export function readCorpus(dir: string, folders?: readonly string[]): Corpus {
  const facts = factsOf(join(dir, 'FACTS.jsonl'))
  const inputs = filesOf(dir).map(([folder, name]): Input => {
    const file = folder ? `${folder}/${name}` : name
    return { folder: folder || basename(dir), name, bytes: readFileSync(join(dir, file)), facts: facts.get(file) ?? [] }
  })
  const wanted = folders ? inputs.filter(({ folder }) => folders.includes(folder)) : inputs
  return { name: basename(dir), inputs: wanted }
}

function filesOf(dir: string): [folder: string, name: string][] {
  const found: [string, string][] = []
  for (const name of readdirSync(dir).sort()) {
    const path = join(dir, name)
    if (!statSync(path).isDirectory()) {
      if (!/^[A-Z]+\.(?:md|jsonl)$/.test(name)) found.push(['', name])
      continue
    }
    for (const inner of readdirSync(path).sort()) if (statSync(join(path, inner)).isFile()) found.push([name, inner])
  }
  return found
}

function factsOf(path: string): Map<string, Fact[]> {
  const byFile = new Map<string, Fact[]>()
  if (!existsSync(path)) return byFile
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (!line.trim()) continue
    const { file, ...fact } = JSON.parse(line) as Fact & { file: string }
    byFile.set(file, [...(byFile.get(file) ?? []), fact])
  }
  return byFile
}
