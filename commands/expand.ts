import { expand } from '../filters/expand.ts'
import { filterOf } from '../filters/index.ts'
import { defineCommand, type ExitCode, type Io } from './command.ts'
import { withStore } from './with-store.ts'

export default defineCommand({
  name: 'expand',
  summary: 'Turn shortened text back into the exact original',
  options: { 'no-store': { type: 'boolean', default: false, help: 'Decode what the text alone holds; gaps stay' } },
  operands: '[FILE...]',
  async run({ values, operands }, io) {
    const input = await allBytes(operands.length > 0 ? operands : ['-'], io)
    if (!input) return 1
    if (values['no-store']) return written(input, io)
    return withStore(io, store => written(input, io, store))
  },
})

async function written(input: Uint8Array, io: Io, store?: Parameters<typeof expand>[2]): Promise<ExitCode> {
  const { bytes, damaged } = await expand(input, filterOf, store)
  await io.write(bytes)
  for (const line of damaged) io.warn(`expand: ${line}`)
  return damaged.length > 0 ? 1 : 0
}

async function allBytes(paths: readonly string[], io: Io): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = []
  for (const path of paths) {
    try {
      for await (const chunk of path === '-' ? io.stdin : io.open(path)) chunks.push(chunk)
    } catch (cause) {
      io.warn(`expand: ${path} cannot be read (${(cause as NodeJS.ErrnoException).code ?? cause})`)
      return undefined
    }
  }
  return Buffer.concat(chunks)
}
