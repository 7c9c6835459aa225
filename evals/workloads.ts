import type { Fact } from './facts.ts'
import { directoryTree, fileSearch } from './generators/files.ts'
import { componentHits, needleLog } from './generators/flat.ts'
import { codeSearch, issueList } from './generators/github.ts'
import { logSearch, userRows } from './generators/incident.ts'
import type { Made } from './generators/made.ts'
import { spaced } from './generators/spaced.ts'
import { Random } from './random.ts'

/**
 * The workloads by which the original Headroom is advertised, made anew by generators of ours in the shapes and sizes of its own:
 * what an agent's tools print, all of it regular JSON. Real output is less regular: read them beside the suite, never alone.
 */
export interface Workload {
  readonly name: string
  /** What the original's README says of it: tokens before and after. */
  readonly claimed: readonly [before: number, after: number]
  readonly outputs: readonly ToolOutput[]
}

/** What one tool printed. */
export interface ToolOutput {
  readonly tool: string
  readonly text: string
  readonly facts: readonly Fact[]
}

/** All five; equal seeds give equal bytes. */
export function workloads(seed = 1): Workload[] {
  const random = new Random(seed)
  return [
    {
      name: 'SRE incident',
      claimed: [65_694, 5_118],
      outputs: [
        printed('search_logs', logSearch(random, 300, 'Certificate of db-primary-3 expired at 2024-01-15T09:58:00Z')),
        printed('query_database', userRows(random, 200)),
        printed(
          'search_files',
          fileSearch(random, 'payment', 150, '    POOL_SIZE = int(os.environ["PAY_POOL"])  # was 50'),
        ),
      ],
    },
    {
      name: 'issue triage',
      claimed: [54_174, 14_761],
      outputs: [
        printed('list_issues', issueList(random, 100, 'Refunds are booked twice when the webhook is retried')),
        printed('search_code', codeSearch(random, 'bug fix', 80)),
        printed('search_logs', logSearch(random, 200)),
      ],
    },
    {
      name: 'codebase exploration',
      claimed: [78_502, 41_254],
      outputs: [
        printed('list_tree', directoryTree(random, 3, 20, 'jwt_rotation_policy.py')),
        printed('search_files', fileSearch(random, 'authentication', 200, '    def verify_rotated_key(self, kid):')),
        printed('search_code', codeSearch(random, 'JWT authentication middleware', 100)),
      ],
    },
    {
      name: 'code search 100',
      claimed: [17_765, 1_408],
      outputs: [printed('search', componentHits(random, 100), spaced)],
    },
    {
      name: 'needle log',
      claimed: [10_144, 1_260],
      outputs: [printed('read_logs', needleLog(random, 100, 67), compact)],
    },
  ]
}

const indented = (value: unknown) => JSON.stringify(value, null, 2)
const compact = (value: unknown) => JSON.stringify(value)

function printed(tool: string, { value, asks }: Made, print: (value: unknown) => string = indented): ToolOutput {
  const text = print(value)
  const facts = asks.map(({ kind, question, answer: said }, i): Fact => {
    const answer = text.includes(said) ? said : JSON.stringify(said).slice(1, -1)
    const occurrences = text.split(answer).length - 1
    if (occurrences === 0) throw new RangeError(`${tool}: the answer ${said} does not stand in the text`)
    return { id: `${tool}#${i}`, kind, question, answer, occurrences }
  })
  return { tool, text, facts }
}
