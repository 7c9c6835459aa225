/** UTF-16 units in which a reporter's document shows itself. */
const LOOKED_AT = 64 * 1024

/** jest and vitest, mocha, pytest-json-report, Playwright: what their documents alone have near the top. */
const SIGNS: readonly RegExp[] = [
  /"numTotalTests":\s*\d/,
  /^\s*\{\s*"stats":\s*\{\s*"suites":\s*\d+,\s*"tests":\s*\d/,
  /"summary":\s*\{[^{}]{0,200}"total":\s*\d+[^{}]{0,200}\}[\s\S]{0,400}"nodeid":/,
  /"suites":\s*\[[\s\S]{0,2000}"specs":\s*\[/,
]

/** Does `text` begin as the JSON document of a test runner's reporter? */
export function isJsonReport(text: string): boolean {
  if (!/^\ufeff?\s*\{\s*"/.test(text.slice(0, 200))) return false
  const head = text.slice(0, LOOKED_AT)
  return SIGNS.some(sign => sign.test(head))
}
