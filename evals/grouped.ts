import { normal } from './normal.ts'

/**
 * Is a path, or a hit `path:line[:text]`, readable in `text` though its path stands in a heading above it? A heading is the whole
 * path, or its base name below a heading of its folder. O(lines).
 */
export function isGrouped(answer: string, text: string): boolean {
  const path = /^([^\s:]+)\/([^\s:/]+)$/.exec(answer)
  if (path) return isBelowFolder(path[1]!, path[2]!, text)
  const hit = /^([^\s:]+):(\d+)(?::(.*))?$/s.exec(answer)
  if (!hit || !/[/.]/.test(hit[1]!)) return false
  return isBelowPath({ path: hit[1]!, line: hit[2]!, rest: normal(hit[3] ?? '') }, text)
}

function isBelowFolder(folder: string, base: string, text: string): boolean {
  const bare = folder.replace(/^[./]+|[./]+$/g, '')
  let heading: string | undefined
  for (const raw of text.split('\n')) {
    const line = raw.trim()
    if (/^\S*\/:?$/.test(line)) heading = line.replace(/:+$/, '').replace(/\/+$/, '')
    else if (heading !== undefined && line === base && (heading === folder || `${heading}/`.endsWith(`/${bare}/`)))
      return true
  }
  return false
}

interface Hit {
  readonly path: string
  readonly line: string
  /** The line's text in its normal form; empty where any will do. */
  readonly rest: string
}

function isBelowPath(hit: Hit, text: string): boolean {
  const base = hit.path.slice(hit.path.lastIndexOf('/') + 1)
  const headings = [hit.path, hit.path.replace(/^\.\//, '')]
  let below = false
  let folder = ''
  for (const raw of text.split('\n')) {
    const line = raw.trim()
    const numbered = /^(\d+)[:\-| \t]\s*(.*)$/.exec(line)
    if (numbered && below) {
      if (numbered[1] === hit.line && normal(numbered[2]!).startsWith(hit.rest)) return true
      continue
    }
    const name = line.replace(/:+$/, '')
    below = headings.includes(name) || (name === base && isIn(folder, base, hit.path)) || (below && line === '')
    if (below || line === '') continue
    if (line.endsWith('/')) folder = line
    else if (line.endsWith('/:')) folder = line.slice(0, -1)
    if (isNamedHit(line, folder, hit)) return true
  }
  return false
}

const isIn = (folder: string, base: string, path: string) =>
  folder !== '' && path.endsWith(`${folder.replace(/^\/+|\/+$/g, '')}/${base}`)

/** `base:line:text` below a folder's heading. */
function isNamedHit(line: string, folder: string, hit: Hit): boolean {
  const found = /^(\S+):(\d+)[:-]\s?(.*)$/.exec(line)
  return !!found && isIn(folder, found[1]!, hit.path) && found[2] === hit.line && normal(found[3]!).startsWith(hit.rest)
}
