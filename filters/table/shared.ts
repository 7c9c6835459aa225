/** A mark parts words and numbers; letters beyond ASCII and `_` are of words. */
export const isMark = (code: number) =>
  code < 128 &&
  !(code >= 97 && code <= 122) &&
  !(code >= 48 && code <= 57) &&
  !(code >= 65 && code <= 90) &&
  code !== 95

/** 1 for digits, 2 for what words are made of, 0 for marks. */
export function classOf(code: number): number {
  if (code >= 48 && code <= 57) return 1
  return isMark(code) ? 0 : 2
}

/** Length of what all values begin with, cut back so that no word or number is torn. */
export function sharedStart(values: readonly string[]): number {
  const first = values[0]!
  let length = first.length
  for (const value of values) {
    let i = 0
    while (i < length && i < value.length && value.charCodeAt(i) === first.charCodeAt(i)) i++
    length = i
    if (length === 0) return 0
  }
  while (length > 0 && values.some(value => tears(value, length))) length--
  return length
}

/** The same for their ends, behind the first `start` letters. */
export function sharedEnd(values: readonly string[], start: number): number {
  const first = values[0]!
  let length = first.length - start
  for (const value of values) {
    const most = Math.min(length, value.length - start)
    let i = 0
    while (i < most && value.charCodeAt(value.length - 1 - i) === first.charCodeAt(first.length - 1 - i)) i++
    length = i
    if (length === 0) return 0
  }
  while (length > 0 && values.some(value => tears(value, value.length - length))) length--
  return length
}

/** Do letters meet letters, or digits digits, at this place, or is it behind a backslash? Then no cut is made there. */
function tears(value: string, at: number): boolean {
  if (at <= 0 || at >= value.length) return false
  if (value.charCodeAt(at - 1) === 92) return true
  const before = classOf(value.charCodeAt(at - 1))
  return before !== 0 && before === classOf(value.charCodeAt(at))
}
