import { stat } from 'node:fs/promises'
import { join, resolve, sep } from 'node:path'
import { UsageError } from '../filters/options.ts'
import type { Io } from './command.ts'

/** What a folder's own tools keep there and nobody reads. */
const IGNORED = ['**/node_modules/**', '**/.git/**']

/**
 * The files that operands name (folders with all below them, globs, files), each once, in order of their paths; none below `out`. A
 * file that is named as such is taken whatever it is. Throws a UsageError for a path that is not there.
 */
export async function filesOf(operands: readonly string[], out: string | undefined, io: Io): Promise<string[]> {
  const found = new Set<string>()
  for (const operand of operands) for (const file of await named(operand)) found.add(file)
  const within = out === undefined ? undefined : resolve(out) + sep
  const files = [...found].filter(file => !within || !resolve(file).startsWith(within)).sort()
  if (files.length === 0) io.warn(`compress: no file in ${operands.join(', ')}`)
  return files
}

async function named(operand: string): Promise<readonly string[]> {
  const kind = await kindOf(operand)
  if (kind === 'file') return [operand]
  const { glob } = await import('tinyglobby')
  const options = { ignore: IGNORED, dot: true, followSymbolicLinks: false, expandDirectories: false }
  if (kind === 'folder') return (await glob('**/*', { ...options, cwd: operand })).map(file => join(operand, file))
  if (!/[*?[{]/.test(operand)) throw new UsageError(`compress: there is no ${operand}`)
  return glob(operand, options)
}

async function kindOf(path: string): Promise<'file' | 'folder' | 'nothing'> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file'
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return 'nothing'
    // It is there and cannot be looked at: reading it says why.
    return 'file'
  }
}
