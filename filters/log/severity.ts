/** How bad a line says things are: 2 an error, 1 a warning, 0 neither. */
export type Severity = 0 | 1 | 2

/** What a sign makes of its line: an error; one unless the line says that it is none; no fault; a warning. */
type Kind = 'error' | 'maybe' | 'none' | 'warning'

/**
 * A sign is a pattern and the beginnings that tell which lines may have it: whatever it matches holds one of these three characters in a
 * row. There, a letter stands for both cases, 0 for a digit, _ for a space, [ for a bracket that opens, a full stop for any other character
 * or the beginning of the line.
 */
const SIGNS: readonly (readonly [kind: Kind, beginnings: string, pattern: string])[] = [
  ['error', 'err', String.raw`\b(?:[Ee]rr(?:or|ors)?|ERR(?:OR|ORS)?)\b|\wError\b`],
  ['error', 'fat cri', String.raw`\b(?:[Ff]atal|FATAL|[Cc]rit(?:ical)?|CRIT(?:ICAL)?)\b`],
  ['error', 'ale eme sev pan', String.raw`\b(?:ALERT|EMERG(?:ENCY)?|SEVERE|[Pp]anic(?:ked)?|PANIC)\b`],
  ['error', 'exc', String.raw`\wException\b|\b[Ee]xception\b`],
  ['error', 'eba sta cau', String.raw`\b(?:Traceback|[Ss]tack ?trace|[Cc]aused by)\b`],
  ['error', 'fai fau', String.raw`\b(?:[Ff]ail(?:ed|ure|ures|s|ing)?|FAIL(?:ED|URE)?)\b|\w(?:Failure|Fault)\b`],
  [
    'error',
    't_o abo egf egm',
    String.raw`\b(?:not ok|[Aa]bort(?:ed|ing)?|ABORTED|[Ss]egfault|[Ss]egmentation fault)\b`,
  ],
  ['error', 'kil oom mem dum', String.raw`\b(?:[Kk]illed|OOM|[Oo]ut of memory|core dumped)\b`],
  ['error', 'eni efu eje', String.raw`\b(?:[Dd]enied|DENIED|[Rr]efused|REFUSED|[Rr]ejected)\b`],
  ['error', 'tim eac', String.raw`\b(?:[Tt]imed?[ -]?out|TIMEOUT|[Uu]nreachable)\b`],
  ['error', 'rru aut bid', String.raw`\b(?:[Cc]orrupt(?:ed|ion)?|[Uu]nauthorized|[Ff]orbidden)\b`],
  ['error', '"_0', String.raw`" 5\d\d |" 4(?!04)\d\d `],
  ['error', 'cod tus', String.raw`\b(?:status|code|status_code)["']?[=:] ?"?[45]\d\d\b`],
  [
    'error',
    'exi nco rc" rc= rc_ rc.',
    String.raw`\b(?:exit(?:ed)?(?: with)?(?: code| status)?|rc|returncode|exit_code|exitcode)["']?[ =:]{1,3}-?[1-9]\d{0,9}\b`,
  ],
  ['error', '=_. e00 f00', String.raw`= -1 E[A-Z]+|^[EF]\d{4} `],
  ['error', 'lev [0.', String.raw`"level": ?[56]0\b|<[0-3]>`],
  ['error', '.e. .e_ _e. _e_ .f. .f_ _f. _f_ [e. [f.', String.raw`(?:^|[\s|\]])[EF](?:\/|\s)|\[[EF]\]`],
  [
    'maybe',
    'ann oul una suc fou exi',
    String.raw`\b(?:[Cc]annot|[Cc]ould not|[Uu]nable to|[Nn]o such|[Nn]ot found|[Dd]oes not exist)\b`,
  ],
  [
    'none',
    'inf deb tra oti rbo lev',
    String.raw`^.{0,120}?(?:\b(?:INFO|DEBUG|TRACE|NOTICE|VERBOSE)\b|[Ll]evel["']?[=:] ?"?(?:info|debug|trace|notice|[123]0\b)|\[(?:info|debug|notice)\])`,
  ],
  [
    'warning',
    'war rec etr',
    String.raw`\b(?:[Ww]arn(?:ing|ings)?|WARN(?:ING)?|[Dd]eprecat(?:ed|ion)|[Rr]etry(?:ing)?)\b`,
  ],
  ['warning', 'slo deg inv mis ski', String.raw`\b(?:[Ss]low|[Dd]egraded|[Ii]nvalid|[Mm]issing|[Ss]kipp(?:ed|ing))\b`],
  ['warning', '"_0 w00 lev [0. [w.', String.raw`" 404 |" 3(?:0[^0-4])\d? |^W\d{4} |"level": ?40\b|<4>|\[W\]`],
]

/** Said of nothing that went wrong: `0 errors`, `errors=0`, `no failures`, `error: null`. */
const NONE =
  /\b(?:0|no|without|zero) (?:\w{1,20} )?(?:errors?|failures?|failed|warnings?)\b|\b(?:errors?|failed|failures?|warnings?)["']?[=:] ?(?:0\b|null|none|false|\[\]|"")/gi

/** UTF-16 units of a line that are looked at. */
const LOOK_AT = 2000

/** By what the line says: levels, words, HTTP statuses, exit codes, errno; a level such as INFO outweighs the weaker words. */
export function severityOf(line: string): Severity {
  const start = line.length > LOOK_AT ? line.slice(0, LOOK_AT) : line
  const found = signsIn(start)
  if (found === 0) return 0
  if (has('error', found, start)) {
    const rest = start.replace(NONE, '')
    if (rest.length === start.length || has('error', signsIn(rest), rest)) return 2
  }
  if (has('none', found, start)) return 0
  if (has('maybe', found, start)) return 2
  if (!has('warning', found, start)) return 0
  const rest = start.replace(NONE, '')
  return has('warning', signsIn(rest), rest) ? 1 : 0
}

/** Made when the first line is looked at: most starts look at none. */
let known: { readonly patterns: readonly RegExp[]; readonly classes: Uint8Array; readonly beginnings: Int32Array }

const CLASSES = '.abcdefghijklmnopqrstuvwxyz0"_=['

function made(): typeof known {
  /** Of each ASCII character: its class. */
  const classes = Uint8Array.from({ length: 128 }, (_, code) => {
    const char = String.fromCharCode(code).toLowerCase()
    if (char === ' ' || char === '_') return CLASSES.indexOf(char === ' ' ? '_' : '.')
    return Math.max(0, CLASSES.indexOf(char === '<' ? '[' : char >= '0' && char <= '9' ? '0' : char))
  })
  /** Of each three classes in a row: a bit for each of the signs that begin so. */
  const beginnings = new Int32Array(1 << 15)
  SIGNS.forEach(([, threes], sign) => {
    for (const three of threes.split(' '))
      beginnings[[...three].reduce((key, char) => (key << 5) | CLASSES.indexOf(char), 0)]! |= 1 << sign
  })
  return { patterns: SIGNS.map(([, , pattern]) => new RegExp(pattern)), classes, beginnings }
}

/** The signs that a line may have, as bits: one look at it for all of them. */
function signsIn(line: string): number {
  known ??= made()
  const { classes, beginnings } = known
  let signs = 0
  let key = 0
  for (let i = 0; i < line.length; i++) {
    const code = line.charCodeAt(i)
    key = ((key << 5) & 0x7fff) | (code < 128 ? classes[code]! : 0)
    signs |= beginnings[key]!
  }
  return signs
}

function has(kind: Kind, signs: number, line: string): boolean {
  for (let left = signs; left !== 0; left &= left - 1) {
    const sign = 31 - Math.clz32(left & -left)
    if (SIGNS[sign]![0] === kind && known.patterns[sign]!.test(line)) return true
  }
  return false
}
