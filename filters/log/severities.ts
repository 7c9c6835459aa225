import type { Signal } from '../filter.ts'
import { placeOf } from './items.ts'
import { type Part, type Row, type Template, TIME } from './notation.ts'
import type { Plan } from './plan.ts'
import { type Severity, severityOf } from './severity.ts'
import { cellOf, isNumber, type Sheet } from './sheet.ts'
import { statusesOf } from './statuses.ts'

/** How bad the lines of each item are; 0 for repeats and gaps. Linear. */
export function severitiesOf({ sheet, items }: Plan, signal: Signal): Uint8Array {
  const severities = new Uint8Array(items.length)
  const statuses = statusesOf(sheet)
  const known = new Map<Template, Known>()
  for (let at = 0; at < items.length; at++) {
    signal.throwIfAborted()
    const item = items[at]!
    if (!('first' in item)) continue
    const severity = item.template ? ofRow(sheet, item, item.template, known) : worst(sheet, item)
    severities[at] = severity
    if (!statuses) continue
    for (let line = item.first; line < item.first + item.lines; line++)
      if (statuses[line]! > severities[at]!) severities[at] = statuses[line]!
  }
  return severities
}

/** What is known of a template's rows: by those of their values that tell. */
interface Known {
  /** Of each slot: a number in it is no status, level or exit code. */
  readonly inert: readonly boolean[]
  readonly severities: Map<string, Severity>
}

/** A template whose rows tell more than this are read one by one. */
const MOST = 256

/** Rows that differ in numbers only are as bad as one another: each kind of row is read once. */
function ofRow(sheet: Sheet, row: Row, template: Template, all: Map<Template, Known>): Severity {
  let known = all.get(template)
  if (!known) all.set(template, (known = { inert: inertSlots(template), severities: new Map() }))
  if (known.severities.size > MOST) return worst(sheet, row)
  let key = ''
  for (let slot = 0; slot < template.slots; slot++) {
    const cell = cellOf(row, slot)
    if (!known.inert[slot] || !isNumber(sheet, cell)) key += `${slot} ${sheet.at(cell)}\n`
  }
  let severity = known.severities.get(key)
  if (severity === undefined) known.severities.set(key, (severity = worst(sheet, row)))
  return severity
}

function worst(sheet: Sheet, item: Row): Severity {
  const { first, count } = placeOf(item)
  let severity: Severity = 0
  for (let line = first; line < first + count && severity < 2; line++) {
    const next = severityOf(sheet.lineAt(line))
    if (next > severity) severity = next
  }
  return severity
}

/** Behind these, severity.ts reads numbers: a status, an exit code, a level. */
const READ = /(?:(?:status|code|exit\w*|rc|level|lvl|severity)\W{0,4}(?:with )?|["<]|" |(?:^|\n)[EFW])-?$/i
/** Of these the number may be that of none: `0 errors`, `0 new warnings`, `failed=0`. */
const COUNTED_BEHIND = /^ (?:\w{1,20} )?(?:err|fail|warn)/i
const COUNTED_BEFORE = /(?:err|fail|warn)\w*["']?[=:] ?$/i

function inertSlots({ parts, slots }: Template): boolean[] {
  const inert = Array.from({ length: slots }, () => true)
  parts.forEach((part, at) => {
    if (typeof part !== 'number' || part < 0) return
    const [before, behind] = [
      near(parts[at - 1]),
      parts
        .slice(at + 1, at + 4)
        .map(near)
        .join(''),
    ]
    const glued = before === SLOT && parts[at - 1] !== TIME
    if (glued || READ.test(before) || COUNTED_BEFORE.test(before) || COUNTED_BEHIND.test(behind)) inert[part] = false
  })
  return inert
}

/** A part of a template as it stands beside a value: another one is some word. */
const near = (part: Part | undefined): string => (typeof part === 'number' ? SLOT : (part ?? ''))
const SLOT = 'w'
