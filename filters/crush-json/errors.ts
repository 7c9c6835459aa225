/** A scalar of a row: the name that leads to it, and its text. */
export interface Field {
  readonly name: string
  readonly text: string
  readonly literal: boolean
}

const LEVEL = /^(?:level|severity|lvl|log_?level|priority)$/i
const BAD_LEVEL = /^(?:err(?:or)?|fatal|crit(?:ical)?|panic|alert|emerg(?:ency)?|severe|blocker)$/i
const STATE = /^(?:status|state|action|event|outcome|conclusion|result|phase|health|verdict|phaseStatus|buildStatus)$/i
const BAD_STATE =
  /^(?:fail(?:ed|ure|ing)?|error(?:ed)?|crash(?:ed|loopbackoff)?|timed?[ _-]?out|abort(?:ed)?|cancel(?:l?ed)?|fault|unhealthy|broken|denied|rejected|oomkilled|imagepullbackoff|stopped|expired|degraded|unavailable)$/i
const HTTP = /^(?:status|status_?code|http_?status|code|response_?code)$/i
const EXIT = /^(?:exit_?(?:code|status)|return_?code|rc|errno)$/i
const FAILURES =
  /^(?:err(?:or)?s?|exception|failures?|fail(?:ed)?|stack_?trace|traceback|errorMessage|error_?code|cause)$/i
const WORDS = /^(?:msg|message|title|summary|output|text|description|reason|detail)$/i
/** Words of a message that tell of a failure. */
export const BAD_WORDS =
  /\b(?:ERROR|FATAL|CRITICAL|PANIC|Exception|Traceback|FAIL(?:ED|URE)?|panic:|segfault|ECONN\w+|ETIMEDOUT)\b/
const NO_ERROR = /^(?:|0|0\.0|null|false|none|ok|\{\}|\[\])$/i

/** Does the field say that something went wrong? `"errors": 0` and `"rejected": false` do not. */
export function isError({ name, text, literal }: Field): boolean {
  if (LEVEL.test(name)) return BAD_LEVEL.test(text)
  if (HTTP.test(name) && /^[45]\d\d$/.test(text)) return true
  if (STATE.test(name)) return BAD_STATE.test(text)
  if (EXIT.test(name)) return literal ? text !== '0' && text !== 'null' : /^[1-9]/.test(text)
  if (/^(?:success|ok|passed|healthy)$/i.test(name)) return text === 'false'
  if (FAILURES.test(name)) return !NO_ERROR.test(text)
  return !literal && WORDS.test(name) && BAD_WORDS.test(text.slice(0, 2000))
}

/** Does a message name a place in source text, as compilers and test runners do? */
export const hasPlace = ({ name, text, literal }: Field): boolean =>
  !literal && WORDS.test(name) && /[\w-]\.[a-z]{1,5}:\d{1,6}\b/.test(text.slice(0, 2000))
