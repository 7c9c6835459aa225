import { attribute, type Page, textIn } from './page.ts'

/** A field of a form: what it is, its name and what stands in it. Empty for what a reader does not see. */
export function controlText(page: Page, at: number): string {
  const node = page[at]!
  const type = node.name === 'textarea' ? 'textarea' : attribute(node, 'type').toLowerCase() || 'text'
  if (type === 'hidden' || type === 'image') return ''
  if (type === 'checkbox' || type === 'radio') return 'checked' in node.attributes ? '[x]' : '[ ]'
  const value = textIn(page, at) || attribute(node, 'value') || attribute(node, 'placeholder')
  if (type === 'submit' || type === 'button' || type === 'reset') return value ? `[button ${value}]` : ''
  const name = attribute(node, 'name') || attribute(node, 'aria-label')
  return `[${type}${name ? ` ${name}` : ''}${value ? `: ${value}` : ''}]`
}

/** A choice: all options, the chosen ones between stars. */
export function selectText(page: Page, at: number): string {
  const node = page[at]!
  const options: string[] = []
  for (let i = at + 1; i <= node.last; i++) {
    if (page[i]!.name !== 'option') continue
    const words = textIn(page, i)
    if (words !== '') options.push('selected' in page[i]!.attributes ? `*${words}*` : words)
    i = page[i]!.last
  }
  const name = attribute(node, 'name')
  return `[select${name ? ` ${name}` : ''}: ${options.join(' | ')}]`
}
