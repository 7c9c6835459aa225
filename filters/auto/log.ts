import { fits } from '../log/fits.ts'
import { have, type Sample } from './sample.ts'

/** Logs and traces: lines that bear times or levels at their beginning. */
export function isLog(sample: Sample): boolean {
  const { text, hint, lines } = sample
  if (lines.length < 3) return false
  if (isTrace(sample) && lines.length >= TRACES) return true
  if (have(lines, STRUCTURE, 0.6)) return false
  if (fits(text, hint) >= 0.5 || have(lines, STAMPED, 0.5)) return true
  return lines.filter(line => STAMPED.test(line)).length >= 3 && have(lines, STAMPED_OR_TRACE, 0.6)
}

/** JSON and markup behind a line that a log has too: what is indented there belongs to no line above. */
const STRUCTURE = /^\s+["[{}\]<]|^[{}[\]],?$|^<[a-zA-Z!/]/

/** One trace is read as it stands; so many lines are several, or a deep one, with frames in common. */
const TRACES = 30

/** Stack traces: frames on most lines. */
export const isTrace = ({ lines }: Sample): boolean => have(lines, TRACE, 0.6)

/** What tools print while they work: lines that begin as those of a known tool do. */
export const isOutput = ({ lines }: Sample): boolean =>
  lines.length >= 3 && have(lines, { test: line => PRINTED.some(start => start.test(line)) }, 0.4)

/** How lines of logs begin, by what stands there. */
const STAMPED = new RegExp(
  [
    // 2024-01-15 10:00, [2024/01/15T10:00, 20171223-22:15:29, behind a container's name too
    String.raw`(?:\S{1,40} +\| +)?\[?\d{4}[-/.]\d\d[-/.]\d\d[T ]\d\d:\d\d|\d{8}[-T]\d\d:?\d\d:?\d\d`,
    // Jan 15 10:00:00, [Sun Dec 04 04:47:44, [10.30 16:49:06], 1:M 15 Jan 2024 10:00:00
    String.raw`\[?(?:[A-Z][a-z]{2} )?[A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d|\[\d\d\.\d\d \d\d:\d\d:\d\d\]|\d+:[A-Z] \d\d [A-Z][a-z]{2} \d{4} \d\d:`,
    // seconds: [  12.345678], [0.123s][info], - 1117838570 2005.06.03
    String.raw`\[ *\d+\.\d{3,}\]|\[\d[\d.]*s\]\[|- \d{10} \d{4}\.\d\d\.\d\d `,
    // a level among the first words, I0115 10:00
    String.raw`(?:[\d[(<]\S{0,40} +(?:\S{1,40} +){0,3})?\[?(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL)\b|level=[a-z]|[IWEF]\d{4} \d\d:`,
  ]
    .map(start => `^(?:${start})`)
    .join('|'),
)

const TRACE =
  /^\s+at \S|^\s*#\d+ |^Caused by: |^\s+File ".*", line \d|^\s+\.\.\. \d+ more|^\[stacktrace\]|^Traceback |^goroutine \d|^\t\S+\.\w+:\d/

const STAMPED_OR_TRACE = new RegExp(`${STAMPED.source}|${TRACE.source}`)

/** How lines of well-known tools begin, one family of tools a line. */
const PRINTED: readonly RegExp[] = [
  // strace and ltrace
  /^ *(?:\[pid +\d+\] |\d+ +)?[\d:.]* ?\w{2,30}\(.*\) += (?:-?\d|0x|\?)/,
  // apt and dpkg
  /^(?:Get|Hit|Ign|Err):\d+ |^(?:Inst|Conf|Remv) \S+ |^(?:Selecting previously|Preparing to unpack|Unpacking|Setting up|Processing triggers for|Removing|Purging) \S|^\(Reading database /,
  // pip and npm
  /^ *(?:Collecting|Requirement already|Downloading|Using cached|Installing|Building wheel|Created wheel|Attempting|Found existing|Uninstalling) /,
  /^npm (?:warn|WARN|ERR!|error|notice|http|info|verb|sill|timing)\b/,
  // cargo and rustc, go
  /^ {2,}(?:Compiling|Checking|Downloaded|Downloading|Finished|Running|Updating|Adding|Fresh|Locking|Documenting) /,
  /^go: (?:downloading|finding|added|upgraded) |^(?:ok|FAIL|\?) +\t?\S+\/|^\s*(?:===|---) (?:RUN|PAUSE|CONT|PASS|FAIL|SKIP)/,
  // test runners
  /^test \S.* \.\.\. |^\S.{0,200} \.\.\. (?:ok|FAIL|ERROR|skipped)\b|::\S+ (?:PASSED|FAILED|SKIPPED|ERROR|XFAIL)/,
  /^\s*(?:✓|✔|✗|✘|×|√|not ok \d|ok \d)/,
  // make, cmake, configure, compilers called by them
  /^make(?:\[\d+\])?: |^\[ *\d+%\] |^-- (?:Looking|Performing|Check|Found|Detecting|Configuring|Installing)|^checking |^config\.status: /,
  /^ {2}(?:CC|LD|AR|AS|CXX|HOSTCC|CCLD|CXXLD|GEN|INSTALL|MODPOST|OBJCOPY) |^(?:gcc|g\+\+|cc|clang(?:\+\+)?|libtool|ar|ranlib) -?\S/,
  // rails
  /^Started [A-Z]+ "|^Processing by \w|^ {2}Parameters: |^Completed \d{3} |^ {2}Render(?:ed|ing) /,
  // docker, terraform, ansible, gradle
  /^#\d+ (?:\d|\[|sha256|DONE|CACHED|extracting)|^Step \d+\/\d+ |^ ---> |^[0-9a-f]{12}: (?:Pull|Wait|Down|Veri|Extr|Already)/,
  /^[\w.[\]"-]+: (?:Creating|Refreshing|Modifying|Destroying|Still|Creation|Destruction)|^(?:ok|changed|skipping|fatal|included): \[|^> Task :/,
]
