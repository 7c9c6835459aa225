import type { Signal } from '../filter.ts'
import { type Encoded, literal } from './form.ts'
import { isWord, namesOf, parseNames, printNames } from './names.ts'

/**
 * A list of paths, one a line (find, fd, git ls-files, rg -l), as its folders:
 *
 *   src/auth/*.ts: login token      src/auth/login.ts and src/auth/token.ts
 *    views/*: index.html style.css  in src/auth/views/: one space more than the folder that it stands in
 *   docs/                           a folder for what is below it
 *   README.md                       a path
 *   \any other line
 */
export function printPaths(lines: readonly string[], signal: Signal): Encoded {
  const listed = withoutFolders(lines)
  const printer = new Printer()
  const groups = groupsOf(listed?.leaves ?? lines, signal)
  for (const [i, group] of groups.entries()) {
    signal.throwIfAborted()
    printer.print(group, groups[i + 1]?.folder, groups[i + 2]?.folder)
  }
  return { lines: printer.lines, note: listed ? [FOLDERS + listed.rule.root + (listed.rule.slash ? SLASHED : '')] : [] }
}

/** The note: every folder is a line of its own too, before what is first listed in it, from the folder that follows on. */
const FOLDERS = 'folders listed from '
/** Folders have a slash behind them. */
const SLASHED = ' with slash'

/** The inverse of printPaths. Throws nothing: every line is a path or some. */
export function parsePaths(body: readonly string[], note: readonly string[]): string[] {
  const folders: string[] = []
  const paths: string[] = []
  for (const line of body) {
    if (line.startsWith('\\')) {
      paths.push(line.slice(1))
      continue
    }
    const depth = indentOf(line)
    const base = folders[depth - 1] ?? ''
    folders.length = Math.min(folders.length, depth)
    const rest = line.slice(depth)
    const names = parseNames(rest)
    if (names) {
      folders[depth] = base + rest.slice(0, names.before.lastIndexOf('/') + 1)
      for (const word of names.words) paths.push(base + names.before + word + names.after)
    } else if (rest.endsWith('/')) folders[depth] = base + rest
    else paths.push(base + rest)
  }
  const rule = note.find(word => word.startsWith(FOLDERS))?.slice(FOLDERS.length)
  if (rule === undefined) return paths
  const slash = rule.endsWith(SLASHED)
  return withFolders(paths, { root: slash ? rule.slice(0, -SLASHED.length) : rule, slash })
}

function indentOf(line: string): number {
  let depth = 0
  while (line[depth] === ' ') depth++
  return depth
}

/** Paths in one folder that follow one another. */
interface Group {
  readonly folder: string
  readonly names: readonly string[]
  /** A line that is no such path: printed as it is. */
  readonly whole?: string
}

function groupsOf(lines: readonly string[], signal: Signal): Group[] {
  const groups: { folder: string; names: string[]; whole?: string }[] = []
  for (const line of lines) {
    signal.throwIfAborted()
    const cut = line.lastIndexOf('/') + 1
    const [folder, name] = [line.slice(0, cut), line.slice(cut)]
    const last = groups.at(-1)
    if (!isWord(name) || !isFolder(folder)) groups.push({ folder: '', names: [], whole: line })
    else if (last && last.whole === undefined && last.folder === folder) last.names.push(name)
    else groups.push({ folder, names: [name] })
  }
  return groups
}

const isFolder = (folder: string) => !/[\s*\\]|^[|-]/.test(folder)

/** A folder further above is named again. */
const NEAR = 20

class Printer {
  readonly lines: string[] = []
  readonly #open: { folder: string; line: number }[] = []

  print({ folder, names, whole }: Group, next: string | undefined, second: string | undefined): void {
    if (whole !== undefined) {
      this.lines.push(literal(whole))
      return
    }
    this.#close(folder)
    const shared = next === undefined || second === undefined ? '' : sharedFolder(folder, next, second)
    if (shared.length > this.#base.length && shared !== folder) this.#push(shared, shared.slice(this.#base.length))
    const opens = next !== undefined && next !== folder && next.startsWith(folder) && folder !== this.#base
    if (names.length === 1 && !opens) {
      this.lines.push(this.#indent + folder.slice(this.#base.length) + names[0])
      return
    }
    for (const some of namesOf(names)) {
      const rest = folder.slice(this.#base.length)
      const line = printNames(some, rest)
      if (rest) this.#push(folder, line)
      else this.lines.push(this.#indent + (line.includes('*') ? line : `*: ${line}`))
    }
  }

  get #base(): string {
    return this.#open.at(-1)?.folder ?? ''
  }

  get #indent(): string {
    return ' '.repeat(this.#open.length)
  }

  /** Leaves the folders that `folder` is not in, and those too far above. */
  #close(folder: string): void {
    const tooFar = this.#open.findIndex(({ folder: open, line }) => {
      return !folder.startsWith(open) || this.lines.length - line > NEAR
    })
    if (tooFar >= 0) this.#open.length = tooFar
  }

  #push(folder: string, line: string): void {
    this.lines.push(this.#indent + line)
    this.#open.push({ folder, line: this.lines.length - 1 })
  }
}

/** The folder that three folders stand in. */
function sharedFolder(a: string, b: string, c: string): string {
  let end = 0
  while (end < a.length && a[end] === b[end] && a[end] === c[end]) end++
  return a.slice(0, a.lastIndexOf('/', end - 1) + 1)
}

/** Which folders are lines of their own: those in `root` and itself, all where it is empty; a slash behind them or none. */
interface FolderRule {
  readonly root: string
  readonly slash: boolean
}

/** The paths but for the folders among them, where every folder stands before what is first listed in it; else undefined. */
function withoutFolders(lines: readonly string[]): { leaves: string[]; rule: FolderRule } | undefined {
  const slash = lines.some(line => line.endsWith('/'))
  const first = slash ? lines[0]!.replace(/\/$/, '') : lines[0]!
  const root = lines[1]?.startsWith(`${first}/`) && /^[^\s:,[\]]*$/.test(first) ? first : ''
  const rule = { root: root.includes('/') || root === '.' ? root : '', slash }
  const folders = new Set<string>()
  for (const line of lines) for (const folder of foldersOf(line, folders, rule)) folders.add(folder)
  const leaves = lines.filter(line => !folders.has(slash && line.endsWith('/') ? line.slice(0, -1) : line))
  if (leaves.length === lines.length) return undefined
  const again = withFolders(leaves, rule)
  const same = again.length === lines.length && again.every((line, i) => line === lines[i])
  return same ? { leaves, rule } : undefined
}

/** Each folder in a line of its own, before the first path in it. */
function withFolders(paths: readonly string[], rule: FolderRule): string[] {
  const seen = new Set<string>()
  const lines: string[] = []
  for (const path of paths) {
    for (const folder of foldersOf(path, seen, rule)) {
      seen.add(folder)
      lines.push(rule.slash ? `${folder}/` : folder)
    }
    lines.push(path)
  }
  return lines
}

/** The folders that `path` stands in and that are not yet known, outermost first. Where one is known, so are those it stands in. */
function foldersOf(path: string, known: ReadonlySet<string>, { root }: FolderRule): string[] {
  const missing: string[] = []
  for (let at = path.lastIndexOf('/', path.length - 2); at > 0; at = path.lastIndexOf('/', at - 1)) {
    const folder = path.slice(0, at)
    if (known.has(folder) || !(folder === root || root === '' || folder.startsWith(`${root}/`))) break
    missing.push(folder)
  }
  return missing.reverse()
}
