import { createHash } from 'node:crypto'
import type { Hint } from '../filters/filter.ts'

/** A text that has to go out as it came, with the reason for a reader. */
export interface Negative {
  readonly name: string
  readonly text: string
  readonly hint: Hint
}

/** What nobody can make smaller without loss, or should not touch: small, dense, compact, or already ours. */
export const negatives: readonly Negative[] = [
  { name: 'empty', text: '', hint: {} },
  { name: 'one word', text: 'ok\n', hint: {} },
  { name: 'exit status', text: 'Already up to date.\n', hint: { command: ['git', 'pull'] } },
  { name: 'four paths', text: 'bin\nREADME.md\nsrc\ntsconfig.json\n', hint: { command: ['ls'] } },
  { name: 'a short answer as JSON', text: '{"id":7,"name":"Ada","ok":true}', hint: {} },
  { name: 'one error', text: "error: cannot find module './config.ts' imported from src/main.ts:4:1\n", hint: {} },
  { name: 'base64, one line', text: `${noise(24).toString('base64')}\n`, hint: {} },
  { name: 'base64, wrapped', text: wrapped(noise(24).toString('base64'), 76), hint: {} },
  { name: 'hexadecimal digests', text: digests(40), hint: { path: 'digests.txt' } },
  { name: 'minified code', text: minifiedCode(), hint: { path: 'bundle.min.js' } },
  { name: 'a compact record', text: compactRecord(), hint: { path: 'point.json' } },
  { name: 'already ours', text: '[hr toy indent=2]\n{"a":1}\n', hint: {} },
]

/** `blocks` times 32 bytes without any pattern, always the same ones. */
function noise(blocks: number): Buffer {
  return Buffer.concat(Array.from({ length: blocks }, (_, i) => createHash('sha256').update(`noise ${i}`).digest()))
}

function wrapped(text: string, width: number): string {
  return text.replace(new RegExp(`.{${width}}`, 'g'), '$&\n').concat('\n')
}

function digests(count: number): string {
  const hash = (i: number) => createHash('sha256').update(`digest ${i}`).digest('hex')
  return Array.from({ length: count }, (_, i) => `${hash(i)}\n`).join('')
}

function minifiedCode(): string {
  return '!function(e,t){"object"==typeof exports?module.exports=t():e.q=t()}(this,function(){var n={},r=[].slice;return n.on=function(e,t){(n[e]||(n[e]=[])).push(t)},n.off=function(e){delete n[e]},n.emit=function(e){var t=r.call(arguments,1);(n[e]||[]).map(function(e){e.apply(null,t)})},n});\n'
}

function compactRecord(): string {
  return '{"type":"Feature","id":"ak16994521","geometry":{"type":"Point","coordinates":[-151.5129,63.1016,0]},"properties":{"mag":2.3,"place":"near Chase","alert":null}}'
}
