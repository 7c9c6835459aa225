import type { Severity } from './severity.ts'
import type { Sheet } from './sheet.ts'

/**
 * How bad each line is by the HTTP status in the column that a header names: `sc-status` in W3C extended logs (IIS), `status_code` in
 * Zeek's. Undefined where no header does. Linear.
 */
export function statusesOf(sheet: Sheet): Uint8Array | undefined {
  let found: Uint8Array | undefined
  let column = -1
  let by = ' '
  for (let at = 0; at < sheet.lineCount; at++) {
    const isHeader = sheet.text.charCodeAt(sheet.starts[at]!) === 35
    if (!isHeader && column < 0) continue
    const line = sheet.lineAt(at)
    if (isHeader) {
      const header = /^#fields:?([ \t])/i.exec(line)
      if (!header) continue
      by = header[1]!
      column = line.trimEnd().split(by).slice(1).findIndex(isStatus)
      if (column >= 0) found ??= new Uint8Array(sheet.lineCount)
    } else if (found) found[at] = severityOf(fieldOf(line, column, by))
  }
  return found
}

const isStatus = (name: string) => name === 'sc-status' || name === 'status_code'

/** As in the lines of other web servers: a page that is not there is worth a warning. */
function severityOf(status: string): Severity {
  if (!/^[45]\d\d$/.test(status)) return 0
  return status === '404' ? 1 : 2
}

function fieldOf(line: string, column: number, by: string): string {
  let from = 0
  for (let i = 0; i < column; i++) {
    const at = line.indexOf(by, from)
    if (at < 0) return ''
    from = at + 1
  }
  const end = line.indexOf(by, from)
  return end < 0 ? line.slice(from).trimEnd() : line.slice(from, end)
}
