import type { Format, Outcome } from '../report.ts'
import { lineFormat } from './lines.ts'

const GTEST: Readonly<Record<string, Outcome>> = { OK: 'passed', FAILED: 'failed', SKIPPED: 'skipped' }

/** GoogleTest 1.14. */
export const googletest: Format = lineFormat({
  name: 'googletest',
  sign: /^\[={10}\] \d+ tests? from \d+ test (?:suites?|cases?) ran/,
  hasTotals: true,
  said(line) {
    const begun = /^\[ RUN {6}\] (\S{1,500})$/.exec(line)
    if (begun) return { kind: 'begun', name: begun[1]! }
    const [, word, name] =
      /^\[ {1,8}(OK|FAILED|SKIPPED) {1,2}\] (\S{1,500}?)(?:, where .*)? \(\d+ ms\)$/.exec(line) ?? []
    if (word) return { kind: 'test', name: name!, outcome: GTEST[word]! }
    const [, total] = /^\[={10}\] (\d+) tests? from \d+ test (?:suites?|cases?) ran/.exec(line) ?? []
    if (total) return { kind: 'totals', own: { total: Number(total) }, ends: true }
    const [, passed] = /^\[ {2}PASSED {2}\] (\d+) tests?\.$/.exec(line) ?? []
    return passed ? { kind: 'totals', own: { passed: Number(passed) }, ends: true } : undefined
  },
})

/** ctest 3.28. */
export const ctest: Format = lineFormat({
  name: 'ctest',
  sign: /^\d+% tests passed, \d+ tests? failed out of \d+/,
  hasTotals: true,
  said(line) {
    const [, name, word] =
      /^ *\d+\/\d+ Test +#\d+: (\S{1,500}) \.*\s*(Passed|\*{3}\S.{0,60}?|Not Run|Skipped) +[\d.]+ sec/.exec(line) ?? []
    if (word)
      return {
        kind: 'test',
        name: name!,
        outcome: word === 'Passed' ? 'passed' : /Skipped/.test(word) ? 'skipped' : 'failed',
      }
    const begun = /^ *Start +\d+: (\S{1,500})$/.exec(line)
    if (begun) return { kind: 'begun', name: begun[1]! }
    const [, failed, total] = /^\d+% tests passed, (\d+) tests? failed out of (\d+)/.exec(line) ?? []
    return total ? { kind: 'totals', own: { failed: Number(failed), total: Number(total) }, ends: true } : undefined
  },
})

/** `swift test` and xcodebuild: totals a suite, those of all tests last. */
export const xctest: Format = lineFormat({
  name: 'xctest',
  sign: /^Test Case '.{1,500}' (?:passed|failed|skipped) \([\d.]+ seconds\)/,
  hasTotals: true,
  said(line) {
    const [, name, word] = /^Test Case '(.{1,500})' (started|passed|failed|skipped)\b/.exec(line) ?? []
    if (word === 'started') return { kind: 'begun', name: name! }
    if (word) return { kind: 'test', name: name!, outcome: word as Outcome }
    const [, total, failed] =
      /^\s*Executed (\d+) tests?, with (?:\d+ tests? skipped and )?(\d+) failures?/.exec(line) ?? []
    return total ? { kind: 'totals', own: { total: Number(total), failed: Number(failed) }, ends: true } : undefined
  },
})

/** `dotnet test` (8) with its normal console logger. */
export const dotnet: Format = lineFormat({
  name: 'dotnet test',
  sign: /^\s*(?:Passed|Failed)!\s+- Failed:\s+\d+, Passed:\s+\d+|^Total tests: \d+/,
  hasTotals: true,
  said(line) {
    const [, word, name] = /^ {2}(Passed|Failed|Skipped) (\S.{0,500}?)(?: \[[^\]]{1,20}\])?$/.exec(line) ?? []
    if (word) return { kind: 'test', name: name!, outcome: word.toLowerCase() as Outcome }
    const [, failed, passed, skipped] = /- Failed:\s+(\d+), Passed:\s+(\d+), Skipped:\s+(\d+)/.exec(line) ?? []
    if (passed)
      return {
        kind: 'totals',
        own: { failed: Number(failed), passed: Number(passed), skipped: Number(skipped) },
        ends: true,
      }
    const [, total] = /^Total tests: (\d+)$/.exec(line) ?? []
    return total ? { kind: 'totals', own: { total: Number(total) }, ends: true } : undefined
  },
})
