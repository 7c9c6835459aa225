/** How bad a line says things are: 2 an error, 1 a warning, 0 neither. */
export type Severity = 0 | 1 | 2

const ERROR = new RegExp(
  [
    String.raw`\b(?:[Ee]rr(?:or|ors)?|ERR(?:OR|ORS)?|[Ff]atal|FATAL|[Cc]rit(?:ical)?|CRIT(?:ICAL)?|ALERT|EMERG(?:ENCY)?|SEVERE|[Pp]anic(?:ked)?|PANIC)\b`,
    String.raw`\w(?:Error|Exception|Failure|Fault)\b|\b(?:[Ee]xception|Traceback|[Ss]tack ?trace|[Cc]aused by)\b`,
    String.raw`\b(?:[Ff]ail(?:ed|ure|ures|s|ing)?|FAIL(?:ED|URE)?|not ok|[Aa]bort(?:ed|ing)?|ABORTED|[Ss]egfault|[Ss]egmentation fault|[Kk]illed|OOM|[Oo]ut of memory|core dumped)\b`,
    String.raw`\b(?:[Dd]enied|DENIED|[Rr]efused|REFUSED|[Rr]ejected|[Tt]imed?[ -]?out|TIMEOUT|[Uu]nreachable|[Cc]orrupt(?:ed|ion)?|[Uu]nauthorized|[Ff]orbidden)\b`,
    String.raw`" 5\d\d |" 4(?!04)\d\d |\b(?:status|code|status_code)["']?[=:] ?"?[45]\d\d\b`,
    String.raw`\b(?:exit(?:ed)?(?: with)?(?: code| status)?|rc|returncode|exit_code|exitcode)["']?[ =:]{1,3}-?[1-9]\d{0,9}\b`,
    String.raw`= -1 E[A-Z]+|^[EF]\d{4} |^(?:not ok)\b|"level": ?[56]0\b|<[0-3]>`,
    String.raw`(?:^|[\s|\]])[EF](?:\/|\s)|\[[EF]\]`,
  ].join('|'),
)

/** An error only where the line does not say of itself that it is none. */
const MAYBE_ERROR = /\b(?:[Cc]annot|[Cc]ould not|[Uu]nable to|[Nn]o such|[Nn]ot found|[Dd]oes not exist)\b/

const NO_FAULT =
  /^.{0,120}?(?:\b(?:INFO|DEBUG|TRACE|NOTICE|VERBOSE)\b|[Ll]evel["']?[=:] ?"?(?:info|debug|trace|notice|[123]0\b)|\[(?:info|debug|notice)\])/

const WARNING = new RegExp(
  [
    String.raw`\b(?:[Ww]arn(?:ing|ings)?|WARN(?:ING)?|[Dd]eprecat(?:ed|ion)|[Rr]etry(?:ing)?|[Ss]low|[Dd]egraded|[Ii]nvalid|[Mm]issing|[Ss]kipp(?:ed|ing))\b`,
    String.raw`" 404 |" 3(?:0[^0-4])\d? |^W\d{4} |"level": ?40\b|<4>|\[W\]`,
  ].join('|'),
)

/** Said of nothing that went wrong: `0 errors`, `errors=0`, `no failures`, `error: null`. */
const NONE =
  /\b(?:0|no|without|zero) (?:\w{1,20} )?(?:errors?|failures?|failed|warnings?)\b|\b(?:errors?|failed|failures?|warnings?)["']?[=:] ?(?:0\b|null|none|false|\[\]|"")/gi

/** UTF-16 units of a line that are looked at. */
const LOOK_AT = 2000

/** By what the line says: levels, words, HTTP statuses, exit codes, errno; a level such as INFO outweighs the weaker words. */
export function severityOf(line: string): Severity {
  const start = line.length > LOOK_AT ? line.slice(0, LOOK_AT) : line
  if (ERROR.test(start)) {
    const rest = start.replace(NONE, '')
    if (rest.length === start.length || ERROR.test(rest)) return 2
  }
  if (NO_FAULT.test(start)) return 0
  if (MAYBE_ERROR.test(start)) return 2
  return WARNING.test(start) && WARNING.test(start.replace(NONE, '')) ? 1 : 0
}
