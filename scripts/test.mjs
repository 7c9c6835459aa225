/** Runs all tests and closes on one line such as `312 passed, 0 failed, 2 skipped`; skips are listed with their reasons. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const folder = mkdtempSync(join(tmpdir(), 'headroom-test-'))
const report = join(folder, 'report.xml')
const run = spawnSync('bun', ['test', '--reporter=junit', `--reporter-outfile=${report}`, ...process.argv.slice(2)], {
  stdio: 'inherit',
})
const xml = readFileSync(report, 'utf8')
rmSync(folder, { recursive: true })

const skipped = [...xml.matchAll(/<testcase name="([^"]*)"[^>]*>\s*<skipped/g)].map(([, name]) => name)
for (const name of skipped) console.log(`skipped: ${name}`)
const count = name => Number(new RegExp(`<testsuites[^>]* ${name}="(\\d+)"`).exec(xml)?.[1] ?? 0)
const failed = count('failures')
const passed = count('tests') - failed - skipped.length
console.log(`${passed} passed, ${failed} failed, ${skipped.length} skipped`)
process.exitCode = run.status === 0 && passed > 0 ? 0 : 1
