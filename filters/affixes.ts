/** Would a cut at this place, in UTF-16 code units, part what belongs together? */
export type Tears = (value: string, at: number) => boolean

/** Length of what all values begin with, cut back so that no cut tears a value. There is one value at least. */
export function sharedStart(values: readonly string[], tears: Tears): number {
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
export function sharedEnd(values: readonly string[], start: number, tears: Tears): number {
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
