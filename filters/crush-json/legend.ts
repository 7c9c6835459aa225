/** Shorter bodies are read without: a legend has to pay too. In UTF-16 code units. */
const SHORT = 800

/** Marks of the notation that no reader can guess, with what they mean; only those that the body uses. Words for the head line. */
export function legendOf(body: string): string {
  if (body.length < SHORT) return ''
  const used = MARKS.filter(([mark]) => mark.test(body)).map(([, meaning]) => meaning)
  return used.length > 0 ? `- ${used.join(', ')}` : ''
}

const MARKS: readonly (readonly [RegExp, string])[] = [
  [/[\n,| ]\^(?=[\n,| ]|$)/, '^ as above'],
  [/[\n,|= (;[]~(?=[\n,| );\]]|$)/, '~ absent'],
  [/[+*]?row\}/, 'row counts from 0'],
]
