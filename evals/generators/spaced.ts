/** JSON with `, ` and `: `, as Python's json.dumps prints by default; `ascii` escapes all else, as it does by default too. */
export function spaced(value: unknown, ascii = false): string {
  if (Array.isArray(value)) return `[${value.map(inner => spaced(inner, ascii)).join(', ')}]`
  if (typeof value !== 'object' || value === null) return ascii ? escaped(JSON.stringify(value)) : JSON.stringify(value)
  const members = Object.entries(value).map(([key, inner]) => `${spaced(key, ascii)}: ${spaced(inner, ascii)}`)
  return `{${members.join(', ')}}`
}

const escaped = (text: string) =>
  text.replace(/[\u0080-\uffff]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
