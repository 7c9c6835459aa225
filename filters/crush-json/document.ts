import type { Selector } from '../../ccr/select.ts'
import type { Signal } from '../filter.ts'
import { decode } from './decode.ts'
import { escapeAscii, unescapeAscii } from './escapes.ts'
import { type Layout, layoutOf, wideByLayout } from './layout.ts'
import { parseLayout, printLayout } from './layout-words.ts'
import { ARRAY, Nodes, parseJson, RAW, Reader, skipSpace } from './parse.ts'
import { minified, render } from './render.ts'
import { styleOf } from './style.ts'

/** Decoding is linear and has no one to ask. */
export const UNLIMITED: Signal = { throwIfAborted() {} }

/** A JSON text, or the lines of an NDJSON text as the elements of one array. */
export interface Document {
  readonly nodes: Nodes
  readonly lines: boolean
  /** What stands before each line, `web-1  | ` for instance. It is no part of the nodes' text. */
  readonly before: string
}

/** `text` as JSON or NDJSON, or undefined. */
export function readDocument(text: string, signal: Signal, gaps = false): Document | undefined {
  const nodes = parseJson(text, signal, gaps)
  if (nodes) return { nodes, lines: false, before: '' }
  const before = beforeEach(text)
  const rows = readLines(before ? without(text, before) : text, signal, gaps)
  return rows && { nodes: rows, lines: true, before }
}

/** What stands before the first `{` of all lines; empty where they differ. */
function beforeEach(text: string): string {
  const found = BEFORE.exec(text.slice(0, 200))?.[1]
  if (found?.isWellFormed() !== true) return ''
  for (let at = text.indexOf('\n'); at >= 0 && at < text.length - 1; at = text.indexOf('\n', at + 1))
    if (!text.startsWith(found, at + 1)) return ''
  return found
}

const BEFORE = /^([^\s{[][^{[\n]{0,80})\{"/

function without(text: string, before: string): string {
  return text.slice(before.length).replaceAll(`\n${before}`, '\n')
}

/** Fewer lines that are JSON containers than this share are no NDJSON. */
const JSON_SHARE = 0.5

/** The lines of NDJSON as children of a root array; lines that are no JSON are RAW. Undefined where most lines are none. */
export function readLines(text: string, signal: Signal, gaps = false): Nodes | undefined {
  const nodes = new Nodes(text)
  const reader = new Reader(nodes, signal, gaps)
  const bom = text.charCodeAt(0) === 0xfeff ? 1 : 0
  const root = nodes.add(ARRAY, bom, text.length, -1)
  let good = 0
  let at = bom
  const end = trimEnd(text)
  while (at < end) {
    signal.throwIfAborted()
    const stop = lineEnd(text, at, end)
    good += readLine(reader, nodes, at, stop, gaps)
    nodes.size[root]!++
    nodes.end[root] = stop
    if (nodes.size[root] === 20 && good < 20 * JSON_SHARE) return undefined
    at = stop + (text.charCodeAt(stop) === 0x0d ? 2 : 1)
  }
  nodes.next[root] = nodes.count
  const wanted = nodes.size[root]! * JSON_SHARE
  return nodes.size[root]! > 1 && good >= wanted ? nodes : undefined
}

/** 1 where the line is a JSON container, alone on it. */
function readLine(reader: Reader, nodes: Nodes, at: number, stop: number, gaps: boolean): number {
  const first = nodes.text.charCodeAt(at)
  const mark = nodes.count
  if (first === 0x7b || first === 0x5b || (gaps && first === 0)) {
    if (reader.value(at) === stop) return 1
    nodes.count = mark
  }
  nodes.add(RAW, at, stop, -1)
  return 0
}

function trimEnd(text: string): number {
  let end = text.length
  while (end > 0 && skipSpace(text, end - 1) > end - 1) end--
  return end
}

function lineEnd(text: string, at: number, end: number): number {
  const found = text.indexOf('\n', at)
  if (found < 0 || found >= end) return end
  return text.charCodeAt(found - 1) === 0x0d ? found - 1 : found
}

/** What was read from a text, and the words that say how to lay it out; without words its layout is lost. */
export interface Plain {
  readonly document: Document
  readonly note: string | undefined
}

/** The document that `text` is, with the layout's words. Escapes that a writer made of all non-ASCII characters are undone first. */
export function readText(text: string, signal: Signal): Plain | undefined {
  const readable = unescapeAscii(text)
  const document = readDocument(readable ?? text, signal)
  if (!document) return undefined
  const layout = layoutOf(document.nodes, document.lines, signal)
  const words = layout && printLayout({ ...layout, before: document.before })
  return { document, note: words === undefined ? undefined : [readable && 'ascii', words].filter(Boolean).join(' ') }
}

/** What must be known of a document whose layout cannot be said. */
export function wordsWithoutLayout({ lines, before }: Document): string {
  return [lines && 'ndjson', before !== '' && `before=${encodeURIComponent(before)}`].filter(Boolean).join(' ')
}

/** The text that a body in the notation of notation.ts stands for, laid out as `note` says. Throws a RangeError on any other. */
export function textOf(body: string, note: string, gap: (where: Selector) => string): string {
  const layout = parseLayout(note)
  const { lines, newline, before, bom, tail } = layout
  const style = styleOf(layout)
  const form = style ? { lines, style, newline, before } : { lines, style, newline: '\n', before: '' }
  const { text, gaps } = decode(body, form, gap)
  if (!style) return layOut(text, note, gaps, UNLIMITED)
  const whole = (bom ? '\ufeff' : '') + text + tail
  return isAscii(note) ? escapeAscii(whole) : whole
}

const isAscii = (note: string): boolean => note.split(' ').includes('ascii')

/** Minified text laid out as `note` says. `gaps` are the texts that stand for `NUL index NUL`. */
export function layOut(compact: string, note: string, gaps: readonly string[], signal: Signal): string {
  const layout: Layout = parseLayout(note)
  const nodes = layout.lines ? readLines(compact, signal, true) : parseJson(compact, signal, true)
  if (!nodes) throw new RangeError('the body is no JSON')
  const text = render(nodes, layout, wideByLayout(nodes, layout, signal), signal, gaps)
  return isAscii(note) ? escapeAscii(text) : text
}

/** One form of all texts with the same values. */
export function minify(text: string, signal: Signal): string {
  const document = readDocument(unescapeAscii(text) ?? text, signal)
  return document ? document.before + minified(document.nodes, document.lines, signal) : text
}
