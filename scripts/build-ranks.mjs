/**
 * Packs the merges of o200k_base and cl100k_base into models/tokenizer/<name>.bin, which ranks.ts reads as it lies: parsing
 * the text tables costs hundreds of milliseconds at every start, this layout none.
 *
 * A file is words of 32 bits, little-endian: a header of 16, then the sections it gives as (offset, length) in words.
 *   header     magic, stamp, Unicode version (major * 100 + minor), bits of a hash of pairs, six sections
 *   byteIds    256: the token of each byte
 *   bytePairs  65,536: the token two bytes merge into, or NONE
 *   pairs      a hash of all merges (left, right) -> token, two words a slot: see `packPairs`
 *   stages     4,352 halfwords: the page of each 256 code points
 *   pages      256 bytes a page: the class of each code point
 *   common     four words a slot: tokens by hash, the commonest first: see `packCommon`
 *
 * Runs as `npm run prepare` under plain Node >= 20; returns at once where the files are up to date.
 */
import { createHash } from 'node:crypto'
import { closeSync, openSync, readFileSync, readSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const ENCODINGS = ['o200k_base', 'cl100k_base']
const MAGIC = 0x32425248 // HRB2
const HEADER_WORDS = 16
const NONE = 0x7fffffff
const ID_BITS = 18
const ID_MASK = (1 << ID_BITS) - 1
const CODE_POINTS = 0x110000
const COMMON_SLOTS = 32768
const COMMON_BYTES = 12

/**
 * Where two match, the first wins; the codes are those of split.ts, and what no pattern takes is 0. The `\s` of the encodings
 * is Rust's: unlike JavaScript's it has U+0085 and not U+FEFF.
 */
const CLASSES = [
  [1, /[\p{Lu}\p{Lt}]/u],
  [2, /\p{Ll}/u],
  [3, /[\p{Lm}\p{Lo}]/u],
  [4, /\p{M}/u],
  [5, /\p{N}/u],
  [7, /[\r\n]/u],
  [6, /\p{White_Space}/u],
]

const require = createRequire(import.meta.url)

const version = packageVersion()

// Where the package is left out on purpose (npm install --omit=dev), tables that are there already will do.
if (version === undefined && ENCODINGS.some(name => stampIn(targetOf(name)) === undefined))
  throw new Error('build-ranks: gpt-tokenizer is not installed; npm install --include=dev brings it')
if (version !== undefined) for (const name of ENCODINGS) build(name)

/** Version of the package that has the ranks; undefined where it is not installed. */
function packageVersion() {
  try {
    return require('gpt-tokenizer/package.json').version
  } catch (error) {
    if (error.code === 'MODULE_NOT_FOUND') return undefined
    throw error
  }
}

function targetOf(name) {
  return fileURLToPath(new URL(`../models/tokenizer/${name}.bin`, import.meta.url))
}

/** Writes one table, unless the file there was made by this script from the same package under the same Unicode version. */
function build(name) {
  const target = targetOf(name)
  const stamp = stampOf(name)
  if (stampIn(target) === stamp) return
  const tokens = readTokens(name)
  const { byteIds, bytePairs, merges } = findMerges(tokens)
  const { stages, pages } = classify()
  const bits = Math.ceil(Math.log2(merges.length * 1.25))
  const file = pack(stamp, bits, [byteIds, bytePairs, packPairs(merges, bits), stages, pages, packCommon(tokens)])
  // Renamed into place: neither a reader nor a second install ever sees half a table.
  const temporary = `${target}.${process.pid}.tmp`
  try {
    writeFileSync(temporary, file)
    renameSync(temporary, target)
  } finally {
    rmSync(temporary, { force: true })
  }
  process.stderr.write(`build-ranks: ${name}.bin, ${tokens.length} tokens, ${file.length} bytes\n`)
}

function stampOf(name) {
  const script = readFileSync(fileURLToPath(import.meta.url))
  const hash = createHash('sha256').update(script).update(`\0${name}\0${version}\0${process.versions.unicode}`)
  return hash.digest().readUInt32LE(0)
}

/** The stamp of the file at `path`; undefined where there is no file or it is not one of ours. */
function stampIn(path) {
  const header = Buffer.alloc(8)
  let file
  try {
    file = openSync(path, 'r')
  } catch (error) {
    if (error.code === 'ENOENT') return undefined
    throw error
  }
  try {
    if (readSync(file, header, 0, 8, 0) < 8 || header.readUInt32LE(0) !== MAGIC) return undefined
  } finally {
    closeSync(file)
  }
  return header.readUInt32LE(4)
}

/** Bytes (as latin1) by token. The file holds a line a token: base64, space, rank. */
function readTokens(name) {
  const tokens = []
  for (const line of readFileSync(require.resolve(`gpt-tokenizer/data/${name}.tiktoken`), 'latin1').split('\n')) {
    if (line === '') continue
    const space = line.indexOf(' ')
    tokens[Number(line.slice(space + 1))] = Buffer.from(line.slice(0, space), 'base64').toString('latin1')
  }
  if (tokens.length > ID_MASK || tokens.includes(undefined))
    throw new Error(`build-ranks: ${name} is not a dense table`)
  return tokens
}

/**
 * The one merge that makes each token. A rank file lists tokens only, and any two tokens that concatenate to a third could
 * merge; but a token's bytes are merged in one order wherever they stand, so only the last step of that order ever happens.
 */
function findMerges(tokens) {
  const byteIds = new Int32Array(256).fill(NONE)
  const bytePairs = new Int32Array(65536).fill(NONE)
  const merges = []
  const known = new Map()
  for (const [token, bytes] of tokens.entries()) if (bytes.length === 1) byteIds[bytes.charCodeAt(0)] = token
  if (byteIds.includes(NONE)) throw new Error('build-ranks: a byte has no token')
  for (const [token, bytes] of tokens.entries()) {
    if (bytes.length === 1) continue
    const parts = merge(
      Array.from(bytes, byte => byteIds[byte.charCodeAt(0)]),
      known,
    )
    if (parts.length !== 2) throw new Error(`build-ranks: token ${token} is not made by a merge`)
    const [left, right] = parts
    known.set(left * 2 ** ID_BITS + right, token)
    merges.push([left, right, token])
    if (bytes.length === 2) bytePairs[(bytes.charCodeAt(0) << 8) | bytes.charCodeAt(1)] = token
  }
  return { byteIds, bytePairs, merges }
}

/** Byte pair encoding as defined: the lowest rank first, the leftmost of equals. Tokens are short, so plain loops will do. */
function merge(parts, known) {
  for (;;) {
    let lowest = NONE
    let at = -1
    for (let i = 0; i + 1 < parts.length; i++) {
      const token = known.get(parts[i] * 2 ** ID_BITS + parts[i + 1]) ?? NONE
      if (token < lowest) {
        lowest = token
        at = i
      }
    }
    if (at < 0) return parts
    parts.splice(at, 2, lowest)
  }
}

/**
 * Open addressing without wrap-around, slots ordered by home, so that a search also ends at a resident whose home lies
 * further on: three quarters full, a miss looks at 2 or 3 slots. A slot is (left | low 14 bits of token << 18,
 * right | the rest << 18), or (-1, -1) where empty; the last slot is empty.
 */
function packPairs(merges, bits) {
  const slots = []
  const home = ([left, right]) => Math.imul(Math.imul(left, 0x9e3779b1) ^ right, 0x85ebca6b) >>> (32 - bits)
  const ordered = merges.map(entry => ({ entry, home: home(entry) })).sort((a, b) => a.home - b.home)
  let free = 0
  for (const { entry, home } of ordered) {
    free = Math.max(free, home)
    slots[free++] = entry
  }
  const words = new Int32Array(2 * (Math.max(free, 1 << bits) + 1)).fill(-1)
  slots.forEach(([left, right, token], slot) => {
    words[2 * slot] = left | ((token & 0x3fff) << ID_BITS)
    words[2 * slot + 1] = right | ((token >>> 14) << ID_BITS)
  })
  return words
}

/**
 * What models/tokenizer/memo.ts knows before it has seen any text: of the tokens of 2 to 12 bytes, the one of lowest rank for
 * each of its slots. A process that counts one short text finds most of it here, and seldom merges, in code not yet compiled.
 */
function packCommon(tokens) {
  const words = new Int32Array(4 * COMMON_SLOTS)
  const padded = Buffer.alloc(COMMON_BYTES)
  for (const bytes of tokens) {
    const size = bytes.length
    if (size < 2 || size > COMMON_BYTES) continue
    padded.fill(0).write(bytes, 'latin1')
    const key = [0, 4, 8].map(offset => padded.readInt32LE(offset))
    const slot = 4 * (key.reduce(mix, size) & (COMMON_SLOTS - 1))
    if (words[slot + 3] === 0) words.set([...key, (1 << 4) | size], slot)
  }
  return words
}

function mix(hash, word) {
  const mixed = Math.imul(hash ^ word, 0x9e3779b1)
  return mixed ^ (mixed >>> 15)
}

/** Class of each code point, equal pages of 256 stored once. Surrogates are in no class: they stand for U+FFFD. */
function classify() {
  const stages = new Uint16Array(CODE_POINTS >> 8)
  const pages = []
  const numbers = new Map()
  for (let page = 0; page < stages.length; page++) {
    const classes = Buffer.from(Array.from({ length: 256 }, (_, low) => classOf((page << 8) | low)))
    const key = classes.toString('latin1')
    if (!numbers.has(key)) numbers.set(key, pages.push(classes) - 1)
    stages[page] = numbers.get(key)
  }
  return { stages, pages: new Uint8Array(Buffer.concat(pages)) }
}

function classOf(codePoint) {
  const character = String.fromCodePoint(codePoint)
  return CLASSES.find(([, pattern]) => pattern.test(character))?.[0] ?? 0
}

/** Header and sections as one buffer; every section is a whole number of words. */
function pack(stamp, bits, sections) {
  const [major, minor] = process.versions.unicode.split('.').map(Number)
  const header = new Uint32Array(HEADER_WORDS)
  header.set([MAGIC, stamp, major * 100 + minor, bits])
  let offset = HEADER_WORDS
  for (const [index, section] of sections.entries()) {
    header.set([offset, section.byteLength / 4], 4 + 2 * index)
    offset += section.byteLength / 4
  }
  return Buffer.concat([header, ...sections].map(part => Buffer.from(part.buffer, part.byteOffset, part.byteLength)))
}
