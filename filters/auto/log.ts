import log from '../log/index.ts'
import { type Sample, share } from './sample.ts'

/** Logs, traces and what tools print while they work: lines that bear times, or that begin as a known tool's do. */
export function isLog({ text, hint, lines }: Sample): boolean {
  if (lines.length < 3) return false
  if (log.fits(text, hint) >= 0.5 || share(lines, STAMPED) >= 0.5) return true
  if (lines.filter(line => STAMPED.test(line)).length >= 3 && share(lines, STAMPED_OR_TRACE) >= 0.6) return true
  return lines.filter(line => PRINTED.some(start => start.test(line))).length >= 0.4 * lines.length
}

/** A level or a full timestamp near the start of the line. */
const STAMPED =
  /^(?:\S{1,40} +\| +)?(?:\[?\d{4}[-/.]\d\d[-/.]\d\d[T ]\d\d:\d\d|\[?[A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d|\[ *\d+\.\d{3,}\]|(?:\S{1,40} )?\[?(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL)\b|level=[a-z]|[IWEF]\d{4} \d\d:)/

const TRACE =
  /^\s+at \S|^\s*#\d+ |^Caused by: |^\s+File ".*", line \d|^\s+\.\.\. \d+ more|^\[stacktrace\]|^Traceback |^goroutine \d|^\t\S+\.\w+:\d/

const STAMPED_OR_TRACE = new RegExp(`${STAMPED.source}|${TRACE.source}`)

/** How lines of well-known tools begin, one family of tools a line. */
const PRINTED: readonly RegExp[] = [
  // strace and ltrace
  /^(?:\[pid +\d+\] |\d+ +)?[\d:.]* ?\w{2,30}\(.*\) += (?:-?\d|0x|\?)/,
  // apt and dpkg
  /^(?:Get|Hit|Ign|Err):\d+ |^(?:Selecting previously|Preparing to unpack|Unpacking|Setting up|Processing triggers for|Removing|Purging) \S|^\(Reading database /,
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
  // docker, terraform, ansible, gradle
  /^#\d+ (?:\d|\[|sha256|DONE|CACHED|extracting)|^Step \d+\/\d+ |^ ---> |^[0-9a-f]{12}: (?:Pull|Wait|Down|Veri|Extr|Already)/,
  /^[\w.[\]"-]+: (?:Creating|Refreshing|Modifying|Destroying|Still|Creation|Destruction)|^(?:ok|changed|skipping|fatal|included): \[|^> Task :/,
]
