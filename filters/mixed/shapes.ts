import type { FilterName } from '../index.ts'

/** One shape of lines that stand together, and who reads them where nothing knows their kind better. */
export interface Shape {
  readonly name: string
  readonly filter: FilterName
  /** Says whether a line has the shape. With `key`, lines of a run agree in what is captured or counted. */
  readonly is: (line: string) => boolean | string
  /** Lines of another shape that a run may hold one after the other, where they are indented and where not. */
  readonly indented: number
  readonly others: number
}

const matching =
  (pattern: RegExp) =>
  (line: string): boolean =>
    pattern.test(line)

/** The first that a line has is its shape. */
export const shapes: readonly Shape[] = [
  {
    name: 'listing',
    filter: 'table',
    is: matching(/^(?:[-dlbcps][-rwxsStT]{9}[.+@]? +\d|total \d+$)/),
    indented: 0,
    others: 1,
  },
  { name: 'tree', filter: 'search', is: matching(/^[\s│|]{0,200}(?:├|└|\|--|`--)/), indented: 0, others: 1 },
  { name: 'bars', filter: 'table', is: matching(/^\s{0,8}(?:\|.*\||\+[-=+]{3,}\+)\s*$/), indented: 0, others: 0 },
  {
    name: 'stamped',
    filter: 'log',
    is: line => STAMP.test(line.length > STAMPED ? line.slice(0, STAMPED) : line),
    indented: 60,
    others: 2,
  },
  {
    name: 'frames',
    filter: 'log',
    is: matching(
      /^\s+at \S|^\s+File ".{1,300}", line \d|^\s*#\d+ +\S|^Caused by: |^\s+\.{3} \d+ more|^\t\S+\.\w+:\d|^goroutine \d|^\s+from \S+:\d+:in /,
    ),
    indented: 3,
    others: 2,
  },
  {
    name: 'hits',
    filter: 'search',
    is: matching(/^(?!\S*\d\d:\d\d)(?=[^\s:]*[./\\])[^\s:]{1,300}[:(-]\d+[:,)-]|^\d+[:-](?!\d\d?[-:]\d)/),
    indented: 0,
    others: 1,
  },
  {
    name: 'printed',
    filter: 'report',
    is: matching(
      /^(?:FAILED|PASSED|ERROR) \S|^={3,} .+ ={3,}$|^E {3}|^\s+\d+:\d+\s+(?:error|warning)\s|^(?:error|warning)(?:\[\w+\])?: |^> Task :|^\s*<\/?test(?:suite|case)s?\b|^\s*(?:✓|✔|✗|✘|×|√) |^\s*(?:not )?ok \d|^test \S.* \.\.\. |^\S+::\S.* (?:PASSED|FAILED|SKIPPED|ERROR)|^(?:PASS|FAIL|ok|===|---) +\t?\S+[/.:_]|^\s*=== (?:RUN|PAUSE|CONT)|^\s*--- (?:PASS|FAIL|SKIP): |^npm (?:warn|WARN|ERR!|error|notice|http)|^ {2,}(?:Compiling|Checking|Downloaded|Downloading|Fresh|Locking|Adding|Updating) \S|^(?:Get|Hit|Ign|Err):\d+ |^(?:Selecting|Preparing|Unpacking|Setting up|Processing) \S|^ *(?:Collecting|Requirement already|Using cached) |^make(?:\[\d+\])?: |^\[ *\d+%\] |^(?:gcc|g\+\+|cc|clang) -|^#\d+ (?:\d|\[|sha256|DONE|CACHED)|^go: downloading |^\w+ \(\S+\) \.\.\. /,
    ),
    indented: 20,
    others: 3,
  },
  {
    name: 'paths',
    filter: 'search',
    is: matching(/^(?:\.{0,2}\/)?[\w.@+-]+(?:\/[\w.@+=-]+)+\/?$/),
    indented: 0,
    others: 0,
  },
  {
    name: 'folders',
    filter: 'search',
    is: matching(/^(?=[^:]*[/.])[\w.@+/-]{1,300}:$/),
    indented: 0,
    others: 60,
  },
  { name: 'cells', filter: 'table', is: cells, indented: 0, others: 0 },
  { name: 'columns', filter: 'table', is: line => line.includes('  ') && COLUMNS.test(line), indented: 0, others: 0 },
]

/** UTF-16 code units in which a log's line says when or how bad. */
const STAMPED = 80
const STAMP =
  /\b\d\d:\d\d:\d\d\b|\d{4}[-/.]\d\d[-/.]\d\d[T ]\d\d:\d\d|\d{8}-\d\d?:\d\d?:|^\W{0,2}\d{1,7}\.\d{3,}\]|\b(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL)\b|\b(?:level|lvl)=\w|^[IWEF]\d{4} /

const COLUMNS = /[^\s.!?] {2,}\S.*[^\s.!?] {2,}\S/

/** The delimiter and its number, the same in every row of a table; a comma with a space behind it delimits clauses. */
function cells(line: string): string | false {
  // Indentation delimits nothing.
  const row = line.trimStart()
  for (const [delimiter, least] of DELIMITERS) {
    const count = countOf(row, delimiter)
    if (count >= least) return `${delimiter}${count}`
  }
  return false
}

const DELIMITERS = [
  ['\t', 1],
  [',', 2],
  [';', 2],
  ['|', 2],
] as const

function countOf(row: string, delimiter: string): number {
  let count = 0
  const bare = row.includes('"') ? row.replace(/"[^"]*"/g, '') : row
  for (let at = bare.indexOf(delimiter); at >= 0; at = bare.indexOf(delimiter, at + 1))
    if (bare[at + 1] !== ' ') count++
  return count
}
