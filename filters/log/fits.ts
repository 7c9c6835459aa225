import type { Hint } from '../filter.ts'
import { timeIn } from './times.ts'

/** What is looked at: lines of the beginning, and of some places behind it, each cut short. UTF-16 units. */
const HEAD = 24 * 1024
const PLACES = 6
const WINDOW = 3 * 1024
const LINES = 160
const WIDTH = 300

/**
 * How surely `text` is a log, 0..1: the share of sampled lines that begin as those of logs do. A date does not make a log, nor does a
 * bracket, nor a clock time alone: minutes, transcripts, tables and configuration have those too.
 */
export function fits(text: string, hint: Hint): number {
  const lines = sampleOf(text)
  if (lines.length < 3) return 0
  if (HEADED.test(lines[0]!)) return 0.95
  const signs = lines.map(signOf)
  const surely = signs.filter(sign => sign === 1).length
  const isTraced = surely > 0.04 * lines.length || (surely > 0 && signs[0] === 1)
  const sum = signs.reduce((all, sign, at) => all + (sign || (isTraced && FOLLOWING.test(lines[at]!) ? 0.9 : 0)), 0)
  const share = sum / lines.length
  if (isTable(lines)) return share * 0.25
  return Math.min(0.95, share >= HINTED_SHARE && isHinted(hint) ? Math.max(share, 0.6) : share)
}

/** Signs that are enough where the name or the command says that it is a log. */
const HINTED_SHARE = 0.2

const isHinted = ({ path = '', command = [] }: Hint): boolean =>
  /\.log(?:\.\d+)?$|^\/var\/log\//.test(path) ||
  /^(?:journalctl|dmesg|(?:docker|podman|kubectl|docker compose) logs)\b/.test(command.join(' '))

function sampleOf(text: string): string[] {
  const windows = [text.slice(0, HEAD)]
  for (let place = 1; place <= PLACES; place++) {
    const at = Math.floor((text.length * place) / (PLACES + 1))
    const window = at > HEAD ? text.slice(at, at + WINDOW) : ''
    windows.push(window.slice(window.indexOf('\n') + 1))
  }
  return windows.flatMap((window, at) =>
    window
      .split('\n', at === 0 ? LINES : 20)
      .map(line => line.slice(0, WIDTH))
      .filter(line => /\S/.test(line)),
  )
}

/** W3C extended log format, Zeek. */
const HEADED = /^#(?:Software: |Version: 1\.0|separator \\x)/

/** 1 for a line that only logs print, less for one that others print too. */
function signOf(line: string): number {
  if (NEVER.test(line)) return 0
  if (LEVEL.test(line) || PRINTED.some(start => start.test(line)) || PAIRS.test(line)) return 1
  const time = timeIn(line)
  if (!time || time.start > 60) return 0
  const clock = line.slice(time.start, time.end)
  if (time.start > 0 && /^["'`(]/.test(line)) return 0
  if (/^\d\d:/.test(clock)) return LIKE_LOG.test(line.slice(0, time.start) + line.slice(time.end)) ? 0.6 : 0.2
  if (line.startsWith('{')) return 0.5
  return line.length > time.end + 4 ? 1 : 0.3
}

/** Without a date it is a log only where something else is like one: a process id, a bracketed or equated word, a component. */
const LIKE_LOG = /^\d+ |\]: |\[\w+\] |\w=|\w\(.*\) +=|^\W{1,3}[a-z][\w.-]*(?:\[\d+\])?: /

/** Subtitles, annotated source, diffs and mail headers bear times, but are no logs. */
const NEVER =
  /^\d\d:\d\d:\d\d[,.]\d+ --> |^\^?[0-9a-f]{7,40} .{0,80}\(.{0,60} [+-]\d{4} +\d+\) |^(?:---|\+\+\+) \S|^(?:Date|From|Received|AuthorDate|CommitDate):? |^INSERT INTO |^[|>#*-] /

const LEVEL =
  /^(?:\S{1,40} +\| +)?(?:\S{1,60} )?\W{0,3}(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL|SEVERE)\b[\]:)| -]|^(?:\S{1,40} )?\[(?:trace|debug|info|notice|warn|warning|error|fatal|crit)\] |\b(?:level|lvl|severity)=\w|^[IWEF]\d{4} \d\d:|^[VDIWEF]\/\S+\s*(?:\(|:)|^\d\d-\d\d \d\d:\d\d:\d\d\.\d+ +\d+ +\d+ [VDIWEF] /

/** Three pairs or more: logfmt. One a line is configuration. */
const PAIRS = /^(?:[\w.]{1,40}=(?:"[^"]*"|\S*) ){3,}/

const PRINTED: readonly RegExp[] = [
  // strace
  /^(?:\[pid +\d+\] |\d+ +)?[\d:.]* ?\w{2,30}\(.*\) += (?:-?\d|0x|\?)/,
  // the kernel
  /^(?:<\d>)?\[ *\d+\.\d{4,}\] /,
  // apt, dpkg, pip, npm, cargo, go
  /^(?:Get|Hit|Ign|Err):\d+ |^(?:Selecting previously|Preparing to unpack|Unpacking|Setting up|Processing triggers for) \S|^\(Reading database /,
  /^ *(?:Collecting|Requirement already satisfied:|Using cached|Attempting uninstall:|Successfully installed) /,
  /^npm (?:warn|WARN|ERR!|error|notice|http|info|verb|sill|timing)\b|^ {2,}(?:Compiling|Downloaded|Fresh|Locking) \S+ v\d/,
  /^go: (?:downloading|finding|added|upgraded) |^\s*(?:===|---) (?:RUN|PAUSE|CONT|PASS|FAIL|SKIP)/,
  // docker
  /^#\d+ (?:\[|sha256|DONE|CACHED|extracting|\d+\.\d+ )|^[0-9a-f]{12}: (?:Pull|Wait|Down|Veri|Extr|Already)/,
]

/** What stands below a line of a log: frames, causes, indented text. */
const FOLLOWING =
  /^\s|^#\d+ |^Caused by: |^\[stacktrace\]|^Traceback |^goroutine \d|^Stack trace|^"?[})\]]|^[\w.$]+(?:Error|Exception)\b/

/** Comma-separated values: as many commas in every line, and hardly a space but in the times. */
function isTable(lines: readonly string[]): boolean {
  const commas = lines.map(line => line.split(',').length - 1)
  const first = commas[0]!
  if (first < 1) return false
  const alike = commas.filter(count => count === first).length
  const spaces = lines.reduce((sum, line) => sum + line.split(' ').length - 1, 0)
  return alike >= 0.9 * lines.length && spaces <= 1.5 * lines.length
}
