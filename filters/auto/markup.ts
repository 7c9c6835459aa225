import { fits as snapshotFits } from '../snapshot/fits.ts'
import { fits as xmlFits } from '../xml/fits.ts'
import type { Sample } from './sample.ts'

/** XML that is data: its prefix parses, and it is neither a page nor a drawing. */
export const isXml = ({ text, hint, head }: Sample): boolean =>
  /^\s*</.test(head.slice(0, 400)) && xmlFits(text, hint) >= 0.5

/** What agents' browsers print of a page as an accessibility tree. */
export const isSnapshot = ({ text, hint, head }: Sample): boolean => hasSigns(head) && snapshotFits(text, hint) >= 0.5

/** Refs, urls of links and what is clicked, as Playwright, agent-browser and Chrome DevTools print them. */
const hasSigns = (head: string): boolean =>
  head.includes('[ref=') || (head.includes('uid=') && UID.test(head)) || (head.includes('- ') && ITEM.test(head))
const UID = /^ *uid=\w+ /m
const ITEM = /^ *- (?:\/url: |(?:link|button|textbox|checkbox) ")/m
