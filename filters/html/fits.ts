/** UTF-16 code units looked at. */
const HEAD = 32 * 1024

/** How surely a text is a web page, 0..1: a page as servers send it 1, a part of one 0.7. Bounded work. */
export function fits(text: string): number {
  const head = text.slice(0, HEAD)
  const start = head.slice(0, 4096).replace(OPENING, '')
  if (head.includes('\0') || !start.startsWith('<')) return 0
  // What a template engine or a compiler reads is source text.
  if (TEMPLATE.test(head)) return 0
  if (/^<!doctype\s+html\b/i.test(start) || /^<(?:html|head|body|frameset|title|meta)\b/i.test(start)) return 1
  if (!FRAGMENT.test(start)) return 0
  const lines = head.split('\n').filter(line => /\S/.test(line))
  const tagged = lines.filter(line => TAG.test(line)).length
  return tagged >= 0.5 * lines.length && (head.match(TAGS)?.length ?? 0) >= 6 ? 0.7 : 0
}

/** A byte order mark, an XML declaration, comments and white space before the first tag. */
const OPENING = /^\ufeff?\s*(?:<\?xml[^<>]{0,200}\?>\s*)?(?:<!--(?:[^-]|-(?!->)){0,3000}-->\s*){0,20}/
const TEMPLATE = /\{%[-~ ]|\{\{[^{}\n]{1,200}\}\}|<\?php|<%[=@!\s]|\bv-(?:if|for|bind)=|\s\*ng(?:If|For)=/
const FRAGMENT =
  /^<(?:article|aside|center|dd|div|dl|dt|fieldset|figure|footer|form|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|span|table|tbody|td|tr|ul|a|b|i|em|strong|font|img|br)\b[^<]*>/i
const TAG = /<\/?[a-zA-Z][^<>]*>/
const TAGS = /<\/?(?:a|b|br|code|div|em|h[1-6]|i|li|ol|p|pre|span|strong|table|t[dhr]|ul)\b[^<>]*>/gi
