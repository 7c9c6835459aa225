import { type Filter, type Hint, pass } from '../filter.ts'
import { type FilterName, filterOf } from '../index.ts'
import { isNotebook } from '../min-code/detect.ts'
import { fits as mixedFits } from '../mixed/fits.ts'
import { readersOfKind } from '../mixed/readers.ts'
import { isCode, isNumberedProgram, isProgram, isSurelyCode, isSurelyProgram } from './code.ts'
import { isAligned, isChanges, isHitsAsJson, isPage, isPaths, isReport } from './forms.ts'
import { isJson, isNdjson } from './json.ts'
import { isLog, isOutput } from './log.ts'
import { isSnapshot, isXml } from './markup.ts'
import { isSurelyProse, isText } from './prose.ts'
import { isRepeated } from './repeated.ts'
import { type Sample, sampleOf } from './sample.ts'
import { isBinary, isConfig, isListing, isMarkup, isSearch, isTable, isVersionControl } from './shapes.ts'

/** One kind of text: how to tell it, and the filters to try, best first; none where the text is best left as it is. */
export interface Kind {
  readonly name: string
  readonly is: (sample: Sample) => boolean
  readonly filters: readonly FilterName[]
  /** Never taken for parts of several kinds. */
  readonly whole?: true
}

/**
 * Asked in this order; the first that says yes has the text. What parses comes before what only looks like something, and prose,
 * which must show itself, comes last. A new kind is a line here; a kind without filters keeps its texts from those below.
 */
export const kinds: readonly Kind[] = [
  { name: 'binary', is: isBinary, filters: [] },
  {
    name: 'notebook',
    is: ({ text, hint }) => isNotebook(text, hint),
    filters: ['min-code', 'crush-json'],
    whole: true,
  },
  { name: 'report', is: isReport, filters: ['report', 'crush-json', 'log'] },
  { name: 'hits-as-json', is: isHitsAsJson, filters: ['search', 'crush-json'] },
  { name: 'json', is: isJson, filters: ['crush-json'] },
  { name: 'ndjson', is: isNdjson, filters: ['crush-json'] },
  { name: 'html', is: isPage, filters: ['html'] },
  { name: 'xml', is: isXml, filters: ['xml'] },
  { name: 'markup', is: isMarkup, filters: [] },
  { name: 'snapshot', is: isSnapshot, filters: ['snapshot'] },
  { name: 'numbered-program', is: isNumberedProgram, filters: ['min-code'], whole: true },
  { name: 'changes', is: isChanges, filters: ['diff'] },
  { name: 'version-control', is: isVersionControl, filters: ['diff'] },
  { name: 'search', is: isSearch, filters: ['search'] },
  { name: 'listing', is: isListing, filters: ['search', 'table'] },
  { name: 'table', is: isTable, filters: ['table'] },
  { name: 'paths', is: isPaths, filters: ['search'] },
  { name: 'source-of-a-program', is: isSurelyProgram, filters: ['min-code'], whole: true },
  { name: 'source', is: isSurelyCode, filters: [] },
  { name: 'output', is: isOutput, filters: ['log'] },
  { name: 'prose', is: isSurelyProse, filters: ['kompress'] },
  { name: 'log', is: isLog, filters: ['log'] },
  { name: 'aligned', is: isAligned, filters: ['table'] },
  { name: 'program', is: isProgram, filters: ['min-code'] },
  { name: 'code', is: isCode, filters: [] },
  { name: 'config', is: isConfig, filters: [] },
  { name: 'repeated', is: isRepeated, filters: ['log'] },
  { name: 'text', is: isText, filters: ['kompress'] },
]

/** The kind of a text, or undefined where none is sure. Bounded work: a prefix and samples. */
export function kindOf(text: string, hint: Hint = {}): Kind | undefined {
  const sample = sampleOf(text, hint)
  return kinds.find(kind => kind.is(sample))
}

/** ContentRouter: sniffs what a text is and hands it to the filter made for it; what nothing is made for passes. */
const auto: Filter = {
  name: 'auto',
  summary: 'Sniff the content and pick the filter; what is in doubt passes',
  options: {},
  unit: 'document',
  fits: (text, hint) => (kindOf(text, hint)?.filters.length ? 1 : 0),
  async route(text, hint) {
    const kind = kindOf(text, hint)
    const own = kind?.filters ?? []
    const isMixed = !kind?.whole && mixedFits(text, hint, readersOfKind(kind, text, hint)) >= 0.5
    const names: readonly FilterName[] = isMixed ? ['mixed', ...own] : own
    const found = await Promise.all(names.map(filterOf))
    return found.filter(filter => filter !== undefined)
  },
  // A router works through what it routes to; asked itself, it has nothing to say.
  apply: () => pass('not-mine'),
}
export default auto
