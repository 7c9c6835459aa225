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

/** What tells whether a field of that name says that something went wrong; undefined where none does. `"errors": 0` and `"rejected": false` do not. */
export function errorTest(name: string): ((text: string, literal: boolean) => boolean) | undefined {
  if (LEVEL.test(name)) return text => BAD_LEVEL.test(text)
  const http = HTTP.test(name)
  if (STATE.test(name)) return text => (http && HTTP_ERROR.test(text)) || BAD_STATE.test(text)
  if (http) return text => HTTP_ERROR.test(text)
  if (EXIT.test(name)) return (text, literal) => (literal ? text !== '0' && text !== 'null' : /^[1-9]/.test(text))
  if (SUCCESS.test(name)) return text => text === 'false'
  if (FAILURES.test(name)) return text => !NO_ERROR.test(text)
  return WORDS.test(name) ? (text, literal) => !literal && BAD_WORDS.test(text) : undefined
}

const HTTP_ERROR = /^[45]\d\d$/
const SUCCESS = /^(?:success|ok|passed|healthy)$/i

/** What tells whether a field of that name, if it holds messages, names a place in source text, as compilers and test runners do. */
export const placeTest = (name: string): ((text: string, literal: boolean) => boolean) | undefined =>
  WORDS.test(name) ? (text, literal) => !literal && /[\w-]\.[a-z]{1,5}:\d{1,6}\b/.test(text) : undefined
