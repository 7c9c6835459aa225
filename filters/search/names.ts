/**
 * Names that stand in one line: `LICENSE conf.py`, or, where they have a part in common, `test_*.py: basic cli config`, where each
 * word takes the place of the star.
 */
export interface Names {
  readonly before: string
  readonly after: string
  /** What the star stands for, in order. */
  readonly words: readonly string[]
}

/** Fewest names for which a common ending, and a common beginning too, pay for a line of their own. */
const ENDED = 4
const BEGUN = 4
/** Most names of one line. */
const WIDE = 40

/** Can a name be a word of a line? */
export const isWord = (name: string): boolean => name !== '' && !/[\s*\\]|^[|-]|:$|\/$/.test(name)

/** Lines of names, in order; every name is a word. */
export function namesOf(names: readonly string[]): Names[] {
  const ends = names.map(endingOf)
  const begins = names.map((name, i) => `${beginningOf(name, ends[i]!)}*${ends[i]}`)
  const begun = runLengths(begins)
  const lines: Names[] = []
  let plain: string[] = []
  const close = () => {
    for (let i = 0; i < plain.length; i += WIDE) lines.push({ before: '', after: '', words: plain.slice(i, i + WIDE) })
    plain = []
  }
  const push = (before: string, after: string, some: readonly string[]) => {
    close()
    const words = some.map(name => name.slice(before.length, name.length - after.length))
    for (let i = 0; i < words.length; i += WIDE) lines.push({ before, after, words: words.slice(i, i + WIDE) })
  }
  for (let i = 0; i < names.length; ) {
    const before = beginningOf(names[i]!, ends[i]!)
    let end = i + begun[i]!
    if (before && end - i >= BEGUN) push(before, ends[i]!, names.slice(i, end))
    else {
      end = i + 1
      while (end < names.length && ends[end] === ends[i] && !(begun[end]! >= BEGUN && begins[end]![0] !== '*')) end++
      if (ends[i] && end - i >= ENDED) push('', ends[i]!, names.slice(i, end))
      else for (; i < end; i++) plain.push(names[i]!)
    }
    i = end
  }
  close()
  return lines
}

/** `.test.ts` of a name, `` where it has none or is nothing else. */
function endingOf(name: string): string {
  const at = name.lastIndexOf('.')
  return at > 0 ? name.slice(at) : ''
}

/** `test_` of `test_cli.py`: up to its first separator, if something is left behind it. */
function beginningOf(name: string, ending: string): string {
  const found = /^[^._-]+[._-]/.exec(name)
  return found && found[0].length < name.length - ending.length ? found[0] : ''
}

/** For each place, how many equal values follow from it on. */
function runLengths(values: readonly string[]): number[] {
  const lengths = values.map(() => 1)
  for (let i = values.length - 2; i >= 0; i--) if (values[i] === values[i + 1]) lengths[i] = lengths[i + 1]! + 1
  return lengths
}

/** The line of some names in `folder`, words printed by `word`. */
export function printNames({ before, after, words }: Names, folder = '', word = (text: string) => text): string {
  const list = words.map(word).join(' ')
  return before || after || folder ? `${folder}${before}*${after}: ${list}` : list
}

/** What printNames printed, the folder in `before`; undefined where there is no star. */
export function parseNames(line: string): Names | undefined {
  const star = line.indexOf('*')
  const colon = line.indexOf(': ', star)
  if (star < 0 || colon < 0) return undefined
  return { before: line.slice(0, star), after: line.slice(star + 1, colon), words: line.slice(colon + 2).split(' ') }
}
