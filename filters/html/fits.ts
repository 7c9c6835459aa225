import type { Hint } from '../filter.ts'

/** UTF-16 code units looked at. */
const HEAD = 32 * 1024

/**
 * How surely a text is a web page, 0..1: a page as servers send it 1, with the header lines of its response too; a part of one 0.7. Source
 * text that makes pages is none, nor what is read in order to be edited. Bounded work.
 */
export function fits(text: string, hint: Hint = {}): number {
  const head = text.slice(0, HEAD)
  const start = head.slice(responseHead(head).length).slice(0, 4096).replace(OPENING, '')
  if (!start.startsWith('<') || head.includes('\0') || TEMPLATE.test(head) || isToEdit(hint)) return 0
  if (/^<!doctype\s+html\b/i.test(start) || /^<(?:html|head|body|frameset|title|meta)\b/i.test(start)) return 1
  if (!FRAGMENT.test(start)) return 0
  const lines = head.split('\n').filter(line => /\S/.test(line))
  const tagged = lines.filter(line => TAG.test(line)).length
  return tagged >= 0.5 * lines.length && (head.match(TAGS)?.length ?? 0) >= 6 ? 0.7 : 0
}

/** The status and header lines before a page, as `curl -i` prints them, up to the blank line; else empty. */
export function responseHead(text: string): string {
  return RESPONSE.exec(text.slice(0, HEAD))?.[0] ?? ''
}

const RESPONSE =
  /^(?:(?:HTTP\/[\d.]{1,3} \d{3}[^\n]{0,200}\n)?(?:[A-Za-z][\w-]{0,60}:[^\n]{0,4000}\n){1,80}\r?\n){1,5}(?=\s{0,100}<)/

/** A byte order mark, an XML declaration, comments and white space before the first tag. */
const OPENING = /^\ufeff?\s*(?:<\?xml[^<>]{0,200}\?>\s*)?(?:<!--(?:[^-]|-(?!->)){0,3000}-->\s*){0,20}/
/** Marks of template engines and compilers in a tag, or first in an element of the layout: elsewhere they are what the page is about. */
const TEMPLATE =
  /<[^<>]{0,300}(?:\{[{%]|\sv-(?:if|for|bind)=|\s\*ng(?:If|For)=)|<(?:body|div|h[1-6]|head|html|li|main|nav|p|section|table|td|title|tr|ul)\b[^<>]{0,300}>\s{0,200}\{[{%]|<\?php|<%[=@!\s]/
const FRAGMENT =
  /^<(?:article|aside|center|dd|div|dl|dt|fieldset|figure|footer|form|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|span|table|tbody|td|tr|ul|a|b|i|em|strong|font|img|br)\b[^<]*>/i
const TAG = /<\/?[a-zA-Z][^<>]*>/
const TAGS = /<\/?(?:a|b|br|code|div|em|h[1-6]|i|li|ol|p|pre|span|strong|table|t[dhr]|ul)\b[^<>]*>/gi

/** Tools and commands by which agents look at files that they then change: they need the file's own text. */
const READERS = /^(?:read|view|open|cat|bat|head|tail|sed|less|nl)(?:$|[_-]?(?:file|files|many)$)/i

const isToEdit = ({ tool, command, path }: Hint): boolean =>
  tool !== undefined && READERS.test(tool)
    ? true
    : /\.html?$/i.test(path ?? command?.at(-1) ?? '') && READERS.test(command?.[0] ?? '')
