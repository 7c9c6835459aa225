/** Ascending whole numbers as `3,5-9`, and back. */
export function rangesTo(numbers: readonly number[]): string {
  const parts: string[] = []
  for (let i = 0; i < numbers.length; ) {
    let j = i
    while (numbers[j + 1] === numbers[j]! + 1) j++
    parts.push(j === i ? `${numbers[i]}` : `${numbers[i]}-${numbers[j]}`)
    i = j + 1
  }
  return parts.join(',')
}

/** The inverse of rangesTo. Ranges wider than 10,000 are cut: nothing that we print has them. */
export function rangesFrom(text: string): number[] {
  const numbers: number[] = []
  for (const part of text.split(',').filter(Boolean)) {
    const [first, last = first] = part.split('-').map(Number) as [number, number?]
    for (let n = first; n <= last! && n < first + 10_000; n++) numbers.push(n)
  }
  return numbers
}
