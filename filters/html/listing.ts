import { attribute, type Page, textIn } from './page.ts'
import type { Source } from './print.ts'

/** A listing as it is, fenced, with the language that its classes name; empty where it holds nothing. */
export function codeBlock({ page, extent, isLeft }: Source, at: number): string {
  let code = ''
  for (let i = at + 1; i <= page[at]!.last; i++) {
    const node = page[i]!
    if (extent.isUnseen(i) || isLeft(i)) i = node.last
    else if (node.name === 'br') code += '\n'
    else code += node.text
  }
  code = code.replaceAll('\r\n', '\n').replace(/^\n/, '').trimEnd()
  if (code.trim() === '') return ''
  const longest = (code.match(/`{3,}/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2)
  const fence = '`'.repeat(longest + 1)
  return `${fence}${languageOf(page, at)}\n${code}\n${fence}`
}

const LANGUAGE =
  /(?:^|\s)(?:language-|lang-|highlight-(?!source)|highlight-source-|brush: ?|sourceCode |src-)([\w+#-]{1,20})/
const NO_LANGUAGE = new Set(['default', 'none', 'text', 'plaintext', 'wrapper'])

/** Of the listing, what it holds first, or what holds it. */
function languageOf(page: Page, at: number): string {
  const { parent } = page[at]!
  const around = [at, at + 1, parent, page[parent]?.parent ?? -1]
  for (const i of around) {
    const language = LANGUAGE.exec(page[i]?.attributes.class ?? '')?.[1]
    if (language && !NO_LANGUAGE.has(language)) return language
  }
  return ''
}

/** A formula in TeX where the page has it, else its letters. */
export function formula(page: Page, at: number): string {
  const node = page[at]!
  if (node.name === 'script') return `$${textIn(page, at)}$`
  for (let i = at; i <= node.last; i++)
    if (attribute(page[i]!, 'encoding') === 'application/x-tex') return `$${textIn(page, i)}$`
  return textIn(page, at)
}
