/** The lines before a file's hunks, as git writes them, folded into one. */
export interface FileHeader {
  readonly path: string
  /** `new file mode`, `deleted file mode`. */
  readonly fate?: { readonly kind: 'new' | 'deleted'; readonly mode: string }
  readonly modes?: { readonly old: string; readonly new: string }
  readonly renamed?: { readonly kind: 'rename' | 'copy'; readonly from: string; readonly similarity: string }
  readonly index?: { readonly old: string; readonly new: string; readonly mode?: string }
  /** What follows: `---` and `+++`, a line that says that the files are binary, or neither. */
  readonly body: Body
}

export type Body = 'text' | 'binary' | 'empty'

/** The header that begins at `at`, and its number of lines; undefined where it is not spelled as git does it. */
export function readHeader(lines: readonly string[], at: number): { header: FileHeader; count: number } | undefined {
  const opening = lines[at]!
  if (!opening.startsWith('diff --git a/') || opening.length > LONGEST) return undefined
  let next = at + 1
  const take = (start: string): string | undefined => {
    const line = lines[next]
    if (!line?.startsWith(start)) return undefined
    next++
    return line.slice(start.length)
  }
  const old = take('old mode ')
  const changed = old === undefined ? undefined : take('new mode ')
  const created = take('new file mode ')
  const deleted = created === undefined ? take('deleted file mode ') : undefined
  const similarity = take('similarity index ')
  const kind = lines[next]?.startsWith('copy ') ? 'copy' : 'rename'
  const from = take(`${kind} from `)
  const to = from === undefined ? undefined : take(`${kind} to `)
  const index = /^([0-9a-f]{7,64})\.\.([0-9a-f]{7,64})(?: (\d{6}))?$/.exec(take('index ') ?? '')
  const body = lines[next]?.startsWith('--- ') ? 'text' : lines[next]?.startsWith('Binary files ') ? 'binary' : 'empty'
  const path = to ?? opening.slice(13, 13 + (opening.length - 16) / 2)
  const mode = created ?? deleted
  const header: FileHeader = {
    path,
    ...(mode !== undefined && { fate: { kind: created === undefined ? 'deleted' : 'new', mode } }),
    ...(old !== undefined && { modes: { old, new: changed ?? '' } }),
    ...(from !== undefined && { renamed: { kind, from, similarity: similarity ?? '' } }),
    ...(index && { index: { old: index[1]!, new: index[2]!, ...(index[3] && { mode: index[3] }) } }),
    body,
  }
  const written = writeHeader(header)
  const again = parseHeader(printHeader(header))
  const exact =
    written.every((line, i) => line === lines[at + i]) && again && writeHeader(again).join('\n') === written.join('\n')
  return exact ? { header, count: written.length } : undefined
}

/** Longer names are left alone. */
const LONGEST = 1000

/** The lines that git writes (git-diff(1), "Generating patch text with -p"). */
export function writeHeader({ path, fate, modes, renamed, index, body }: FileHeader): string[] {
  const before = fate?.kind === 'new' ? '/dev/null' : `a/${renamed?.from ?? path}`
  const after = fate?.kind === 'deleted' ? '/dev/null' : `b/${path}`
  const lines = [`diff --git a/${renamed?.from ?? path} b/${path}`]
  if (modes) lines.push(`old mode ${modes.old}`, `new mode ${modes.new}`)
  if (fate) lines.push(`${fate.kind} file mode ${fate.mode}`)
  if (renamed)
    lines.push(
      `similarity index ${renamed.similarity}`,
      `${renamed.kind} from ${renamed.from}`,
      `${renamed.kind} to ${path}`,
    )
  if (index) lines.push(`index ${index.old}..${index.new}${index.mode ? ` ${index.mode}` : ''}`)
  if (body === 'text') lines.push(`--- ${before}`, `+++ ${after}`)
  if (body === 'binary') lines.push(`Binary files ${before} and ${after} differ`)
  return lines
}

/** One line: `diff src/a.ts new 100644 89abcde`. What is always so is left out: zeros for a file that is not there. */
export function printHeader({ path, fate, modes, renamed, index, body }: FileHeader): string {
  const words = [`diff ${path}`]
  if (fate) words.push(`${fate.kind} ${fate.mode}`)
  if (modes) words.push(`mode ${modes.old}->${modes.new}`)
  if (renamed) words.push(`${renamed.kind} ${renamed.similarity} from ${renamed.from}`)
  if (index) words.push(printIndex(index, fate?.kind))
  if (body !== usual(index)) words.push(body)
  return words.join(' ')
}

/** Only what has changed inside has an index line. */
const usual = (index: FileHeader['index']): Body => (index ? 'text' : 'empty')

function printIndex(
  { old, new: now, mode }: NonNullable<FileHeader['index']>,
  fate: 'new' | 'deleted' | undefined,
): string {
  const zeros = '0'.repeat(old.length)
  if (fate === 'new' && old === zeros && !mode && now.length === old.length) return `..${now}`
  if (fate === 'deleted' && now === zeros && !mode && now.length === old.length) return `${old}..`
  return `${old}..${now}${mode ? ` ${mode}` : ''}`
}

const HEADER =
  /^diff (.+?)(?: (new|deleted) (\d{6}))?(?: mode (\d{6})->(\d{6}))?(?: (rename|copy) (\d{1,3}%) from (.+?))?(?: ([0-9a-f]*)\.\.([0-9a-f]*)(?: (\d{6}))?)?(?: (text|binary|empty))?$/

/** The inverse of printHeader; undefined for any other line. */
export function parseHeader(line: string): FileHeader | undefined {
  if (line.length > LONGEST + 200) return undefined
  const found = HEADER.exec(line)
  if (!found) return undefined
  const [, path, fate, mode, old, now, kind, similarity, from, before, after, indexMode, body] = found
  const zeros = '0'.repeat(Math.max(before?.length ?? 0, after?.length ?? 0))
  const index =
    before === undefined
      ? undefined
      : { old: before || zeros, new: after || zeros, ...(indexMode && { mode: indexMode }) }
  return {
    path: path!,
    ...(fate && { fate: { kind: fate as 'new' | 'deleted', mode: mode! } }),
    ...(old && { modes: { old, new: now! } }),
    ...(kind && { renamed: { kind: kind as 'rename' | 'copy', from: from!, similarity: similarity! } }),
    ...(index && { index }),
    body: (body as Body | undefined) ?? usual(index),
  }
}
