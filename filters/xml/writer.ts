import type { Signal } from '../filter.ts'
import type { Item } from '../table/grid.ts'
import type { Segment } from '../table/segments.ts'
import type { Cuts } from './cuts.ts'
import { recordsOf, runOf } from './records.ts'
import { declarationOf, lineIndent, type Style } from './style.ts'
import { attributesOf, blockLines, markOf, printElement, shownSpace } from './tag.ts'
import { RAW, type Tree } from './tree.ts'

/** An element whose children are being written. */
export interface Frame {
  readonly node: number
  readonly depth: number
  readonly indent: string
  /** Children stand side by side, without white space. */
  readonly isInline: boolean
  /** The white space that stands before the next child unless something else is said. */
  gap: string
  /** The next child, and where the one before it ended. */
  child: number
  from: number
  /** Up to this child, no table begins. */
  tried: number
}

/** Records of a table at least. */
const FEWEST = 3
/** Records of which a table is shorter without being weighed against its lines. */
const LARGE = 48
/** Blank lines that are shown as such. */
const MOST_BLANK = 3

/**
 * A tree as lines of the notation of index.ts, in segments: lines as they are, and tables of the records that stand side by side.
 * Iterative; each node is written once, and at most once more as a row.
 */
export class Writer {
  readonly tree: Tree
  readonly style: Style
  readonly cuts: Cuts
  readonly #signal: Signal
  readonly #segments: Segment[] = []
  #lines: string[] = []
  #line = 1
  #lineFrom = 0

  constructor(tree: Tree, style: Style, cuts: Cuts, signal: Signal) {
    this.tree = tree
    this.style = style
    this.cuts = cuts
    this.#signal = signal
  }

  /** All of the document. */
  segments(): readonly Segment[] {
    const { tree, style } = this
    const skipped = style.encoding ? tree.first[0]! : 0
    const frame: Frame = {
      node: 0,
      depth: -1,
      indent: '',
      isInline: false,
      gap: skipped ? '\n' : '',
      child: skipped ? tree.next[skipped]! : tree.first[0]!,
      from: skipped ? declarationOf(style.encoding).length : 0,
      tried: 0,
    }
    this.#walk(frame, this.#lines, true)
    this.#cutSegment()
    return this.#segments
  }

  /** The children of `top`, and theirs; `tables` says whether records may become tables, which plain lines have no room for. */
  #walk(top: Frame, lines: string[], tables: boolean): void {
    const stack = [top]
    for (let frame = top; ; frame = stack.at(-1)!) {
      this.#signal.throwIfAborted(3)
      if (frame.child) {
        if (tables && frame.node && this.#table(frame)) lines = this.#lines
        else {
          const inner = this.#node(frame, lines)
          if (inner) stack.push(inner)
        }
        continue
      }
      this.#close(frame, lines)
      stack.pop()
      if (stack.length === 0) return
    }
  }

  /** Writes the next child of `frame`; the child's own frame where its children are to be written too. */
  #node(frame: Frame, lines: string[]): Frame | undefined {
    this.#gap(frame, lines)
    return this.#body(frame, lines)
  }

  #body(frame: Frame, lines: string[]): Frame | undefined {
    const node = frame.child
    const indent = lineIndent(frame.gap) ?? frame.indent
    let inner: Frame | undefined
    if (this.tree.kind[node] === RAW) this.#raw(node, frame, lines)
    else inner = this.#element(node, frame, indent, lines)
    this.#skip(frame)
    return inner
  }

  /** On to the child behind the next. */
  #skip(frame: Frame): undefined {
    frame.from = this.tree.end[frame.child]!
    frame.child = this.tree.next[frame.child]!
    if (frame.node === 0 && frame.gap === '') frame.gap = '\n'
  }

  /** Says which white space stands before `node` where it is not what is expected. */
  #gap(frame: Frame, lines: string[]): void {
    const { text, start, next, end } = this.tree
    const node = frame.child
    const gap = text.slice(frame.from, start[node]!)
    if (gap === frame.gap) return
    const blank = gap.length - frame.gap.length
    const follower = next[node]!
    const recurs = follower > 0 && text.slice(end[node]!, start[follower]!) === gap
    if (
      blank > 0 &&
      blank <= MOST_BLANK &&
      !recurs &&
      frame.gap[0] === '\n' &&
      gap === '\n'.repeat(blank) + frame.gap
    ) {
      for (let i = 0; i < blank; i++) lines.push('')
      return
    }
    lines.push(`${pad(frame.depth + 1)}^${shownSpace(gap)}`)
    frame.gap = gap
  }

  #raw(node: number, frame: Frame, lines: string[]): void {
    const { text, start, end } = this.tree
    const cut = this.tree.kind[node] === RAW ? this.cuts.get(node) : undefined
    const raw = cut ?? text.slice(start[node]!, end[node]!)
    const depth = pad(frame.depth + 1)
    if (!raw.includes('\n')) lines.push(depth + raw)
    else lines.push(`${depth}|${raw.split('\n').length}`, raw)
  }

  #element(node: number, frame: Frame, indent: string, lines: string[]): Frame | undefined {
    const { tree, style } = this
    const depth = frame.depth + 1
    const isTree = tree.first[node]! > 0 && !tree.mixed[node] && !tree.odd[node]
    const attributes = tree.odd[node] ? undefined : attributesOf(tree, node)
    const mark = attributes && markOf(attributes, tree.names[node]!, indent, tree.empty[node] === 1, style)
    if (mark === undefined || (tree.empty[node] && style.empty === '></>')) {
      if (!isTree) {
        this.#raw(node, frame, lines)
        return undefined
      }
      const tag = tree.text.slice(tree.start[node]!, tree.inner[node]!)
      if (tag.includes('\n')) lines.push(`${pad(depth)}%${tag.split('\n').length}`, tag)
      else lines.push(`${pad(depth)}%${tag}`)
    } else if (!isTree) {
      const text = this.#leafText(node)
      lines.push(pad(depth) + this.#leaf(tree.names[node]! + mark, attributes!.list, text, indent, depth))
    }
    if (!isTree) return undefined
    const gap = tree.text.slice(tree.inner[node]!, tree.start[tree.first[node]!]!)
    const opensInline = !frame.isInline && gap === ''
    if (mark !== undefined)
      lines.push(
        pad(depth) + printElement(tree.names[node]! + (opensInline ? '>' : '') + mark, attributes!.list, undefined),
      )
    const isInline = frame.isInline || (opensInline && mark !== undefined)
    return {
      node,
      depth,
      indent,
      isInline,
      gap: isInline ? '' : `\n${indent}${style.unit}`,
      child: tree.first[node]!,
      from: tree.inner[node]!,
      tried: 0,
    }
  }

  /** The text of an element without children; undefined where it is what an element without content is expected to be. */
  #leafText(node: number): string | undefined {
    const { inner, close, empty, text } = this.tree
    if (empty[node] || (inner[node] === close[node] && this.style.empty === '></>')) return undefined
    return this.cuts.get(node) ?? text.slice(inner[node]!, close[node]!)
  }

  #leaf(
    key: string,
    list: Parameters<typeof printElement>[1],
    text: string | undefined,
    indent: string,
    depth: number,
  ) {
    const block = text?.includes('\n') ? blockLines(text, indent, this.style.unit) : undefined
    if (!block) return printElement(key, list, text)
    const shown = block.map(line => (line === '' ? '' : pad(depth + 1) + line)).join('\n')
    return `${printElement(key, list, undefined)} |${block.length}>\n${shown}`
  }

  #close(frame: Frame, lines: string[]): void {
    const gap = this.tree.text.slice(frame.from, this.tree.close[frame.node]!)
    if (frame.node === 0) {
      if (gap !== '\n') lines.push(`//${shownSpace(gap)}`)
    } else if (gap !== (frame.isInline ? '' : `\n${frame.indent}`)) lines.push(`${pad(frame.depth)}/${shownSpace(gap)}`)
  }

  /** The records that begin with the next child of `frame` as a table; false where there is none. */
  #table(frame: Frame): boolean {
    if (frame.child <= frame.tried) return false
    const run = runOf(this.tree, frame.child)
    frame.tried = run.at(-1)!
    const records = run.length < FEWEST ? undefined : recordsOf(this, frame, run, this.#signal)
    if (!records) return false
    const lines: string[] = []
    const items: Item[] = []
    const starts: number[] = []
    const { text, start } = this.tree
    let onLines = true
    const isLarge = run.length >= LARGE
    while (frame.child && frame.child <= frame.tried) {
      const row = records.rows.get(frame.child)
      const before = lines.length
      onLines &&= text.charCodeAt(frame.from) === 10 && text.slice(frame.from, start[frame.child]!).includes('\n')
      const first = this.#lineAt(frame.from) + 1
      this.#gap(frame, lines)
      const between = lines.length
      const inner = row !== undefined && isLarge ? this.#skip(frame) : this.#body(frame, lines)
      if (inner) this.#walk(inner, lines, false)
      for (const line of split(lines.slice(before, row === undefined ? lines.length : between)))
        items.push({ text: line })
      while (starts.length < items.length) starts.push(first)
      // Blank lines that are shown are no part of the row behind them; those of a gap that recurs are.
      if (row !== undefined) starts.push(first + lines.slice(before, between).filter(line => line === '').length)
      if (row !== undefined) items.push({ row })
    }
    starts.push(this.#lineAt(frame.from) + 1)
    onLines &&= text.charCodeAt(frame.from) === 10
    this.#cutSegment()
    this.#segments.push({
      lines: isLarge ? [] : split(lines),
      block: { grids: [records.grid], items },
      ...(onLines && { starts }),
    })
    return true
  }

  /** The 1-based line of an offset; offsets come in order. */
  #lineAt(offset: number): number {
    const { text } = this.tree
    for (let end = text.indexOf('\n', this.#lineFrom); end >= 0 && end < offset; end = text.indexOf('\n', end + 1)) {
      this.#line++
      this.#lineFrom = end + 1
    }
    return this.#line
  }

  #cutSegment(): void {
    if (this.#lines.length) this.#segments.push({ lines: split(this.#lines) })
    this.#lines = []
  }
}

/** A level of depth is one space. */
export const pad = (depth: number): string => ' '.repeat(depth)

/** Entries of several lines as lines. */
const split = (lines: readonly string[]): string[] => (lines.length ? lines.join('\n').split('\n') : [])
