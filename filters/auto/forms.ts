import { isDiff } from '../diff/fits.ts'
import { fits as htmlFits } from '../html/fits.ts'
import { fits as reportFits } from '../report/fits.ts'
import { formOf } from '../search/fits.ts'
import { fits as tableFits } from '../table/fits.ts'
import { isTrace } from './log.ts'
import type { Sample } from './sample.ts'

/** Test and build output of a tool that is known, also as JSON or XML. */
export const isReport = ({ text }: Sample): boolean => reportFits(text) >= 0.5

/** Web pages, as servers send them, and parts of them. */
export const isPage = ({ text, hint }: Sample): boolean => htmlFits(text, hint) >= 0.5

/** What `rg --json` prints: an event a line. */
export const isHitsAsJson = ({ text, head }: Sample): boolean =>
  head.startsWith('{') && (formOf(text)?.share ?? 0) >= 0.6

/** Lists and trees of paths, as find, fd, git ls-files and tree print them. */
export const isPaths = ({ text }: Sample): boolean => (formOf(text)?.share ?? 0) >= 0.9

/** Columns that are aligned, ruled or in bars, as ps, kubectl, psql and Markdown have them. Frames of stacks have tabs too. */
export const isAligned = (sample: Sample): boolean =>
  tableFits(sample.head.replaceAll('\r\n', '\n'), sample.hint) >= 0.8 && !isTrace(sample)

/** Diffs and patches, and what git log, show and blame print of them. */
export const isChanges = ({ text }: Sample): boolean => isDiff(text)
