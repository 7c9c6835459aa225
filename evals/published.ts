import { MODES, type Mode } from '../filters/filter.ts'
import { type EvalHost, filterNamed, type Measured, measure, type Subject } from './measure.ts'
import { type Recorded, recorded } from './recorded.ts'
import { type ToolOutput, workloads } from './workloads.ts'

/** One tool output of a workload in one mode. */
export interface OutputRow extends Omit<Measured, 'output' | 'ms'> {
  readonly workload: string
  readonly tool: string
  readonly mode: Mode
}

/** The original's workloads, every tool output by itself, as a hook or the proxy would see it. */
export async function runWorkloads({ seed = 1, modes = MODES, filter = 'auto' }, host: EvalHost): Promise<OutputRow[]> {
  const rows: OutputRow[] = []
  for (const { name, outputs } of workloads(seed))
    for (const output of outputs)
      for (const mode of modes) {
        const { tool } = output
        rows.push({ workload: name, tool, mode, ...(await untimed(subjectOf(output), filter, mode, host)) })
      }
  return rows
}

const subjectOf = ({ tool, text, facts }: ToolOutput): Subject => ({
  bytes: Buffer.from(text),
  folder: '',
  hint: { tool },
  facts,
})

/** One of the original's recorded inputs in one mode. */
export interface RecordedRow extends Omit<Measured, 'output' | 'ms' | 'facts'> {
  readonly name: string
  readonly mode: Mode
  readonly theirs?: Recorded['theirs']
}

/** The recorded arrays, rebuilt: what the filters make of them, beside what the original made of its own. */
export async function runRecorded({ modes = MODES, filter = 'auto' }, host: EvalHost): Promise<RecordedRow[]> {
  const rows: RecordedRow[] = []
  for (const { name, text, theirs } of recorded())
    for (const mode of modes) {
      const subject: Subject = { bytes: Buffer.from(text), folder: '', hint: {}, facts: [] }
      const { facts: _, ...measured } = await untimed(subject, filter, mode, host)
      rows.push({ name, mode, ...measured, ...(theirs && { theirs }) })
    }
  return rows
}

async function untimed(subject: Subject, filter: string, mode: Mode, host: EvalHost) {
  const { output: _, ms: __, ...figures } = await measure(subject, await filterNamed(filter, host), mode, host)
  return figures
}
