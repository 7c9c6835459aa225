import type { Word } from './guards.ts'

/** The words [from, to) that stay, one space between; a dropped word's closing punctuation moves to the word before it. */
export function terse(words: readonly Word[], goes: readonly boolean[], from = 0, to = words.length): string {
  const out: string[] = []
  let lead = ''
  for (let i = from; i < to; i++) {
    const word = words[i]!
    if (!goes[i]) {
      if (isLoose(word, out.at(-1))) continue
      out.push(lead + word.text)
      lead = ''
      continue
    }
    lead += word.text.slice(0, word.from).replace(/[-—–]+/g, '')
    const tail = word.text.slice(word.to)
    if (tail && lead) lead = closed(lead, tail)
    else if (tail && out.length) out[out.length - 1] = withTail(out.at(-1)!, tail)
  }
  return out.join(' ')
}

/** A comma or a dash that stands alone, as transcribers set them, behind another mark or at the start. */
const isLoose = ({ text }: Word, before: string | undefined) =>
  /^[,;–—-]$/.test(text) && (before === undefined || /[,;.:!?–—-]$/.test(before))

/** A bracket that opened and closed around nothing is gone too. */
const closed = (lead: string, tail: string) => (/[)\]}"'”’]/.test(tail) ? '' : lead)

/** The stronger mark stands: what ends a sentence, then brackets and quotes, then the one that is there. */
function withTail(word: string, tail: string): string {
  if (/[.!?]$/.test(word)) return word + tail.replace(/[.,;:!?…—–-]+/g, '')
  if (!/[.!?)\]}"'”’»:]/.test(tail)) return /[,;:]$/.test(word) ? word : word + tail
  return word.replace(/[.!?]/.test(tail) ? /[,;:]$/ : /[,;]$/, '') + tail.replace(/^[,;]/, '')
}
