/**
 * Packs Tree-sitter's runtime and grammars, which npm packages bring as wasm, into models/grammars/<name>.zst: a twentieth of their
 * size, and inflated in 1 to 6 ms when a text of that language comes. models/load.ts reads them.
 *
 * Runs as `npm run prepare` under Bun, since Node has zstd from 22.15 on only; returns at once where the files are there already and newer than their sources.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { constants, zstdCompressSync } from 'node:zlib'

const require = createRequire(import.meta.url)
const out = fileURLToPath(new URL('../models/grammars', import.meta.url))
const VSCODE = 'bash c-sharp cpp go java javascript php python ruby rust tsx typescript'.split(' ')

const files = [
  ['tree-sitter', 'web-tree-sitter', 'web-tree-sitter.wasm'],
  // C by the grammar of C++ fails where C uses C++'s words as names.
  ['c', 'tree-sitter-c', 'tree-sitter-c.wasm'],
  ...VSCODE.map(name => [name, '@vscode/tree-sitter-wasm', `wasm/tree-sitter-${name}.wasm`]),
]

/** Half a second for a grammar of 5 MB; lower ones are as fast and leave a tenth more. */
const LEVEL = 19

mkdirSync(out, { recursive: true })
let packed = 0
for (const [name, from, path] of files) packed += pack(join(out, `${name}.zst`), from, path)
if (packed > 0) process.stderr.write(`pack-grammars: ${files.length} files, ${packed} bytes written\n`)

/** Bytes written; none where the target is up to date, or where it is there and its package was left out on purpose. */
function pack(target, from, path) {
  const folder = folderOf(from)
  const made = modified(target)
  if (!folder && made === undefined)
    throw new Error(`pack-grammars: ${from} is not installed; npm install --include=dev brings it`)
  if (!folder) return 0
  const newest = Math.max(
    modified(join(folder, path)),
    modified(join(folder, 'package.json')),
    modified(import.meta.filename ?? fileURLToPath(import.meta.url)),
  )
  if (made !== undefined && made >= newest) return 0
  const wasm = readFileSync(join(folder, path))
  const file = zstdCompressSync(wasm, { params: { [constants.ZSTD_c_compressionLevel]: LEVEL } })
  // Renamed into place: neither a reader nor a second install ever sees half a file.
  const temporary = `${target}.${process.pid}.tmp`
  try {
    writeFileSync(temporary, file)
    renameSync(temporary, target)
  } finally {
    rmSync(temporary, { force: true })
  }
  return file.length
}

/** The folder of an installed package; undefined where it is not installed. */
function folderOf(name) {
  const places = require.resolve.paths(name) ?? []
  return places.map(place => join(place, name)).find(place => modified(join(place, 'package.json')) !== undefined)
}

function modified(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs
}
