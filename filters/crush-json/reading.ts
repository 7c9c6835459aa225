import { path, type Selector } from '../../ccr/select.ts'
import { Cursor } from './cursor.ts'
import { memberStep } from './gaps.ts'
import type { Stop } from './notation.ts'
import type { Row, RowForm, Usual } from './row.ts'
import type { Style } from './style.ts'
import type { Table } from './table-head.ts'

/** Where a decoder is in a body: shared by those who read its values and its rows. */
export class Reading {
  /** The line that is read, and the place in it. */
  readonly in = new Cursor()
  /** What leads to the value that is read: a selector's steps, places, and names as JSON strings. */
  readonly steps: (string | number)[] = []
  /** Containers round the value that is read. */
  level = 0
  style: Style
  known = new Known()

  constructor(style: Style) {
    this.style = style
  }

  here(): Selector {
    const { steps } = this
    // A name is not read again for the next row.
    for (let i = 0; i < steps.length; i++) {
      const step = steps[i]!
      if (typeof step === 'string' && step.charCodeAt(0) === QUOTE) steps[i] = memberStep(step)
    }
    return path(printed(steps))
  }
}

const QUOTE = 0x22

function printed(steps: readonly (string | number)[]): string {
  let text = '$'
  for (const step of steps) if (step !== '') text = typeof step === 'number' ? `${text}[${step}]` : text + step
  return text
}

/** What is known of a table's rows that stand at one level. */
export interface Plan {
  readonly form: RowForm
  /** Worked out where a row breaks no rule. */
  usual: Usual | undefined
  /** By column, what its letters stand for; worked out letter by letter. */
  readonly letters: (Map<string, string> | undefined)[]
  /** Rows that were written, to be filled anew. */
  readonly spare: Row[]
}

/** What was worked out in one style, each time by level. */
export class Known {
  readonly plans = new Map<Table, Plan[]>()
  readonly #values = new Map<Stop, Map<string, string[]>>()

  /** The values that a definition has had. */
  valuesOf(text: string, stop: Stop): string[] {
    let texts = this.#values.get(stop)
    if (!texts) this.#values.set(stop, (texts = new Map()))
    let values = texts.get(text)
    if (!values) texts.set(text, (values = []))
    return values
  }
}
