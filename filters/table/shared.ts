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

/** Do letters meet letters, or digits digits, at this place, or is it behind a backslash? Then no cut is made there. */
export function tears(value: string, at: number): boolean {
  if (at <= 0 || at >= value.length) return false
  if (value.charCodeAt(at - 1) === 92) return true
  const before = classOf(value.charCodeAt(at - 1))
  return before !== 0 && before === classOf(value.charCodeAt(at))
}
