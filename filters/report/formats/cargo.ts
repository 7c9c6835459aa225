import type { Signal } from '../../filter.ts'
import {
  agree,
  countsOf,
  type Format,
  hasFoldable,
  type Outcome,
  type Report,
  reportOf,
  type Test,
  type Totals,
  unsure,
} from '../report.ts'

const SIGN = /^running \d+ tests?\r?$/

/** `cargo test` (1.78): one harness a binary, each with totals of its own. */
export const cargo: Format = {
  name: 'cargo test',
  sign: SIGN,
  is: lines => lines.some(line => SIGN.test(line)),
  parse,
}

const TEST = /^test (.{1,500}?)(?: - should panic)? \.\.\. (ok|FAILED|ignored)(?:, (.*?))?\r?$/
const RESULT = /^test result: (ok|FAILED)\. (\d+) passed; (\d+) failed; (\d+) ignored; \d+ measured; \d+ filtered out/
const OUTCOMES: Readonly<Record<string, Outcome>> = { ok: 'passed', FAILED: 'failed', ignored: 'skipped' }

interface Harness {
  readonly tests: Test[]
  readonly expected: number
}

/** A harness without a result, or with another one, was killed or is cut off: its passes stay in view. */
function parse(lines: readonly string[], signal: Signal): Report | undefined {
  const tests: Test[] = []
  let harness: Harness | undefined
  let isWhole = true
  const close = (own?: Totals) => {
    if (!harness) return
    const sure = own !== undefined && harness.tests.length === harness.expected && agree(countsOf(harness.tests), own)
    isWhole &&= sure
    tests.push(...(sure ? harness.tests : unsure(harness.tests)))
    harness = undefined
  }
  for (let i = 0; i < lines.length; i++) {
    signal.throwIfAborted()
    const line = lines[i]!
    const running = /^running (\d+) tests?\r?$/.exec(line)
    if (running) {
      close()
      harness = { tests: [], expected: Number(running[1]) }
      continue
    }
    const result = RESULT.exec(line)
    if (result) {
      const [, , passed, failed, skipped] = result.map(Number)
      close({ passed: passed!, failed: failed!, skipped: skipped! })
      continue
    }
    const found = line.startsWith('test ') ? TEST.exec(line) : null
    if (found) harness?.tests.push(testOf(found, i + 1))
  }
  close()
  if (tests.length === 0) return undefined
  return { ...reportOf('cargo test', tests), complete: isWhole || hasFoldable(tests) }
}

function testOf([, name, word, reason]: RegExpExecArray, line: number): Test {
  return { name: name!, outcome: OUTCOMES[word!]!, ...(reason && { message: reason }), lines: [[line, line]] }
}
