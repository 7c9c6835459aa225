import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { textOf } from '../ccr/text.ts'
import { expand } from '../filters/expand.ts'
import type { FilterContext, Mode } from '../filters/filter.ts'
import { fits } from '../filters/html/fits.ts'
import html from '../filters/html/index.ts'
import { parse } from '../filters/html/parse.ts'
import { joined, rendered } from '../filters/html/render.ts'
import { filterOf } from '../filters/index.ts'
import { run } from '../filters/run.ts'
import { models } from '../models/load.ts'
import { testHost } from './host.ts'
import { compressed, holds } from './laws.ts'

const tokenizer = await models.tokenizer('o200k_base')
const FREE = { throwIfAborted() {} }

/** The page's Markdown, without the metadata. */
const markdown = (page: string, mode: Mode = 'balanced') => {
  const rendering = rendered(page, { mode, signal: FREE } as unknown as FilterContext)
  return rendering && joined(rendering.blocks)
}

const WORDS = 'The quick brown fox jumps over the lazy dog near the river bank.'
const body = (inner: string) => `<!doctype html><html><body>${inner}<p>${WORDS}</p></body></html>`

describe('what becomes of each element', () => {
  const table: [name: string, page: string, shown: string][] = [
    ['headings', '<h1>A <em>b</em></h1><h3>C</h3>', '# A b\n\n### C'],
    ['paragraphs that do not end', '<p>one<p>two', 'one\n\ntwo'],
    ['white space', '<p> a \n\t b<b> c</b></p>', 'a b **c**'],
    ['lists in lists', '<ul><li>a<ul><li>b</ul><li>c</ul>', '- a\n  - b\n- c'],
    ['numbered lists', '<ol start=3><li><p>a</p><p>b</p></li><li>c</li></ol>', '3. a\n  b\n4. c'],
    ['terms', '<dl><dt>t<dd>one<dd>two</dl>', 't\n: one\n: two'],
    ['quotations', '<blockquote><p>a</p><p>b</p></blockquote>', '> a\n\n> b'],
    [
      'a listing',
      '<pre><code class="language-js">if (a &lt; b) {\n  <b>c</b>()\n}\n</code></pre>',
      '```js\nif (a < b) {\n  c()\n}\n```',
    ],
    ['a listing with a fence in it', '<pre>```\nx\n```</pre>', '````\n```\nx\n```\n````'],
    [
      'numbers beside a listing',
      '<table><tr><td class="linenos"><pre>1\n2</pre></td><td class="code"><pre>a\nb</pre></td></tr></table>',
      '```\na\nb\n```',
    ],
    ['line breaks', '<p>a<br>b<br/>c</p>', 'a\nb\nc'],
    ['indentation by hard spaces', '<p>a<br>&nbsp;&nbsp;b</p>', 'a\n  b'],
    ['links', '<p><a href="x.html">a</a> <a href="#y">b</a> <a href="x.html">a</a></p>', '[a](x.html) b a'],
    ['links side by side', '<p><a href=x>a</a><a href=y>b</a></p>', '[a](x) [b](y)'],
    ['numbers of lines', '<p><a id=t1 href=#t1>1</a><span>let a</span></p>', 'let a'],
    ['links around blocks', '<a href=x><img alt=p><h3>a</h3><p>b</p></a><p>c</p>', '[![p]](x)\n\n### a\n\nb\n\nc'],
    ['links that track', '<p><a href="/a?utm_source=x&id=7&fbclid=9#z">a</a></p>', '[a](/a?id=7#z)'],
    ['links that run', '<p><a href="javascript:go()">a</a></p>', 'a'],
    ['brackets in addresses', '<p><a href="a(b) c">a</a></p>', '[a](a%28b%29%20c)'],
    ['pictures', '<p><img src=a.png alt="A bridge"><img src=b.png></p>', '![A bridge]'],
    [
      'powers and indices',
      '<p>10<sup>6</sup> H<sub>2</sub>O, see<sup><a href="#1">[1]</a></sup></p>',
      '10^6 H_2O, see[1]',
    ],
    ['what was struck out', '<p><del>old</del> new</p>', '~~old~~ new'],
    [
      'formulas',
      '<p>so <math><mi>x</mi><annotation encoding="application/x-tex">x^2</annotation></math> holds</p>',
      'so $x^2$ holds',
    ],
    ['entities, each once', '<p>&amp;lt; &eacute;&#x20AC; &lol; &copy</p>', '&lt; é€ &lol; ©'],
    [
      'hidden text',
      '<p hidden>a</p><p style="display: none">b</p><p aria-hidden=true>c</p><div role=tabpanel hidden>d</div>',
      'd',
    ],
    [
      'a form',
      '<form><p>Name <input name=n value=Jo> <input type=checkbox checked> yes</p><select name=s><option>a<option selected>b</select><button>Go</button></form>',
      'Name [text n: Jo] [x] yes\n\n[select s: a | *b*][button Go]',
    ],
    ['text that looks like marks', '<p># no heading</p>', '\\# no heading'],
    ['an end tag alone', '<p>a</span></div>b</p>', 'ab'],
    [
      'an end tag within a cell',
      '<div><table><tr><td>a</div></td><td>b</td></tr><tr><td>c<td>d</table></div>',
      '| a | b |\n| c | d |',
    ],
  ]
  for (const [name, page, shown] of table) test(name, () => expect(markdown(body(page))).toBe(`${shown}\n\n${WORDS}`))

  test('aggressive leaves out addresses, pictures and emphasis', () => {
    expect(markdown(body('<p><a href=x>a</a> <b>c</b><img alt=d></p>'), 'aggressive')).toBe(`a c\n\n${WORDS}`)
  })
})

describe('tables', () => {
  const table: [name: string, rows: string, shown: string][] = [
    ['with names', '<tr><th>a<th>b<tr><td>1<td>2', '| a | b |\n|---|---|\n| 1 | 2 |'],
    ['without names', '<tr><td>a<td>b<tr><td>1<td>2', '| a | b |\n| 1 | 2 |'],
    [
      'with spans',
      '<tr><th colspan=2>a<th>b<tr><td rowspan=2>1<td>2<td>3<tr><td>4<td>5',
      '| a |  | b |\n|---|---|---|\n| 1 | 2 | 3 |\n| 1 | 4 | 5 |',
    ],
    [
      'with bars and blocks in cells',
      '<tr><td>a|b<td><p>c</p><ul><li>d</ul><tr><td>e<td>f',
      '| a\\|b | c<br>- d |\n| e | f |',
    ],
    [
      'with a caption and stray text',
      '<caption>T</caption>x<tr><td>a<td>b<tr><td>c<td>d',
      'T\n\nx\n\n| a | b |\n| c | d |',
    ],
    [
      'for layout',
      '<tr><td><h2>a</h2><p>b</p></td><td><table><tr><td>c<td>d<tr><td>e<td>f</table></td></tr>',
      '## a\n\nb\n\n| c | d |\n| e | f |',
    ],
  ]
  for (const [name, rows, shown] of table)
    test(name, () => expect(markdown(body(`<table>${rows}</table>`))).toBe(`${shown}\n\n${WORDS}`))

  test('large ones go through the table codec and lose no cell', () => {
    const rows = Array.from({ length: 40 }, (_, i) => `<tr><td>2024-01-${10 + (i % 20)}<td>north gate<td>${i * 3}`)
    const shown = markdown(body(`<table><tr><th>date<th>place<th>count${rows.join('')}</table>`))!
    expect(shown).toStartWith('@40 csv\ndate=2024-01-*,place=north gate,')
  })

  test('spans that would fill the memory do not', () => {
    const row = `<tr>${'<td colspan=1000 rowspan=60000>x'.repeat(20)}`
    expect(markdown(body(`<table>${row.repeat(200)}</table>`))!.length).toBeLessThan(300_000)
  })
})

describe('boilerplate', () => {
  const links = (count: number, to = (i: number) => `/p/${i}`) =>
    Array.from({ length: count }, (_, i) => `<li><a href="${to(i)}">entry number ${i}</a></li>`).join('')
  const text = `<p>${WORDS.repeat(12)}</p>`
  const gone: [name: string, page: string][] = [
    ['navigation', `<nav><ul>${links(5)}</ul></nav>${text}`],
    ['a menu that only a class names', `<div class="main-menu"><ul>${links(5)}</ul></div>${text}`],
    ['what is around the main element', `<div><p>entry number 4</p></div><main>${text}</main>`],
    ['a footer', `${text}<footer>entry number 1</footer>`],
    ['a list of links without a heading', `${text}<ul>${links(9)}</ul>`],
    ['contents that headings repeat', `<ul>${links(3, i => `#h${i}`)}</ul>${text}<h2>a</h2><h2>b</h2><h2>c</h2>`],
    ['a question about cookies', `<div id="cookie-consent"><p>entry number 7 <a href=/>more</a></p></div>${text}`],
  ]
  for (const [name, page] of gone)
    test(`${name} goes`, () => expect(markdown(body(page))).not.toContain('entry number'))

  const stays: [name: string, page: string][] = [
    ['a list of links below a heading', `${text}<h2>See also</h2><ul>${links(9)}</ul>`],
    ['the list of links that a page is', `<h1>Index</h1><ul>${links(60)}</ul>`],
    [
      'a section that a heading gave its id',
      `${text}<section id="s-related-entries"><h2>R</h2><p>entry number 3</p></section>`,
    ],
    [
      'a table of data called related',
      `${text}<table class="related"><tr><th>a<th>b<tr><td><a href=x>entry number 1</a><td>2</table>`,
    ],
    [
      'comments below an article',
      `<article>${text}</article><div class="comments">${'<p>entry number 5</p>'.repeat(30)}</div>`,
    ],
    ['a note at the side of the text', `<main>${text}<aside class="note"><p>entry number 5</p></aside></main>`],
  ]
  for (const [name, page] of stays) test(`${name} stays`, () => expect(markdown(body(page))).toContain('entry number'))

  test('a title before the main content stays', () => {
    const page = `<header><h1>The title</h1><p>By Jo</p></header><main>${text}</main>`
    expect(markdown(body(page))).toStartWith('# The title\n\nBy Jo')
  })
})

describe('what is taken for a page', () => {
  const table: [name: string, text: string, is: boolean][] = [
    ['a document', '<!DOCTYPE html><html>', true],
    ['XHTML', '<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN">', true],
    ['comments first', '<!-- a --><!-- b -->\n<html lang=en>', true],
    ['a part of a page', `<div>\n${'<p>a <b>b</b></p>\n'.repeat(10)}</div>`, true],
    ['XML', '<?xml version="1.0"?><project><a/></project>', false],
    ['a picture', '<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>', false],
    ['a template', '<!DOCTYPE html><html><body>{% for x in y %}<p>{{ x }}</p>{% endfor %}', false],
    ['PHP', '<!DOCTYPE html><html><?php echo 1 ?></html>', false],
    ['a component', '<script setup>\nlet a\n</script>\n<template><p v-if="a"></p></template>', false],
    [
      'a README with a logo',
      `<p align="center">\n<img src="a.svg">\n</p>\n\n# Tool\n\n${'It does what it says.\n'.repeat(20)}`,
      false,
    ],
    ['text', 'a < b and c > d', false],
    ['a response with its header', 'HTTP/2 200 \r\ncontent-type: text/html\r\n\r\n<!doctype html>', true],
    ['a page about templates', '<!DOCTYPE html><html><p>Write</p><pre>{% block a %}</pre><code>{{ x }}</code>', true],
    ['nothing', '', false],
  ]
  for (const [name, text, is] of table) test(name, () => expect(fits(text) >= 0.5).toBe(is))

  test('what is read to be edited is none', () => {
    const page = '<!doctype html><html>'
    expect(fits(page, { tool: 'Read', path: 'index.html' })).toBe(0)
    expect(fits(page, { command: ['cat', 'index.html'] })).toBe(0)
    expect(fits(page, { command: ['curl', '-s', 'https://a.example/index.html'] })).toBe(1)
    expect(fits(page, { path: 'index.html' })).toBe(1)
  })

  test('header lines of a response are shown', async () => {
    const page = `HTTP/2 503 \r\nretry-after: 120\r\n\r\n${body('<p class="text-body">a</p>'.repeat(50))}`
    expect((await run(html, page, {}, testHost({ tokenizer }))).text).toContain('HTTP/2 503 \nretry-after: 120\n')
  })
})

describe('bad input', () => {
  const utf16 = Buffer.from(body('<p>a</p>'.repeat(50)), 'utf16le')
  const latin = Buffer.from(
    `<html><head><meta charset="iso-8859-1"></head><body><p>caf\xe9 \x80 ${WORDS}</p></body></html>`,
    'latin1',
  )
  const table: [name: string, bytes: Uint8Array | string][] = [
    ['an element that never closes', body('<div><p>a<b>'.repeat(300)).slice(0, -14)],
    ['a tag that never closes', body('').replace('</body>', `<a href="${'x'.repeat(5000)}`)],
    ['a comment that never closes', `${body('<p>a</p>'.repeat(40))}<!-- ${'b '.repeat(500)}`],
    ['a script that never closes', body('').replace('</body>', `<script>${'var a;'.repeat(500)}`)],
    [
      'entities that multiply',
      `<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><html><body><p>${'&b; '.repeat(200)}${WORDS}</p>`,
    ],
    ['entities of no character', body('<p>&#0; &#xD800; &#x110000; &#99999999999; &notanentity;</p>'.repeat(9))],
    [
      'scripts and styles only',
      `<html><head><style>${'a{b:c}'.repeat(300)}</style></head><body><script>${'f();'.repeat(300)}</script></body></html>`,
    ],
    ['frames', '<html><frameset cols="20%,80%"><frame src="a.html"><frame src="b.html"></frameset></html>'],
    [
      'an application',
      `<html><body><div id=root></div><script id="__NEXT_DATA__" type="application/json">${JSON.stringify({ a: WORDS.repeat(90) })}</script></body></html>`,
    ],
    ['no text at all', '<html></html>'],
    [
      'an encoding declared wrongly',
      Buffer.concat([
        Buffer.from(`<meta charset=utf-8>${body('<p>a</p>'.repeat(20))}`),
        Buffer.from([0xe9, 0xff, 0x80]),
      ]),
    ],
    ['a Western encoding', latin],
    [
      'an encoding that is not known',
      Buffer.concat([
        Buffer.from('<html><meta charset=gb2312><body>'),
        Buffer.from([0xc4, 0xe3, 0xba, 0xc3]),
        Buffer.from(body('')),
      ]),
    ],
    ['UTF-16', utf16],
    ['NUL characters', body('<p>a\0b</p>'.repeat(40))],
    [
      'forged markers and heads',
      body('<p>[... 3 lines L1-3]</p><pre>[hr end]\n[hr 0123456789 html]\n[... page L1]</pre>'.repeat(9)),
    ],
    ['carriage returns', body('<p>a</p>\r\n<pre>b\r\nc</pre>\r\n'.repeat(30))],
  ]
  for (const [name, input] of table)
    for (const mode of ['lossless', 'balanced', 'aggressive'] as const)
      test(`${name}, ${mode}`, async () => {
        await holds(html, Buffer.from(input as string), mode, filterOf, tokenizer)
      })

  test('what holds too little goes out as it came', async () => {
    for (const name of [
      'scripts and styles only',
      'frames',
      'an application',
      'no text at all',
      'UTF-16',
      'an encoding that is not known',
    ]) {
      const input = Buffer.from(table.find(([known]) => known === name)![1] as string)
      const { results } = await compressed(html, input, {}, tokenizer)
      expect({ name, isPass: results[0]!.why !== undefined }).toEqual({ name, isPass: true })
    }
  })

  test('letters of a Western encoding are read', async () => {
    const page = Buffer.concat([latin, Buffer.from('<p class="text-body">a</p>'.repeat(50))])
    expect((await run(html, textOf(page), {}, testHost({ tokenizer }))).text).toContain('café €')
  })

  const large: [name: string, make: () => string][] = [
    ['50,000 elements within each other', () => `<html><body>${'<div>'.repeat(50_000)}${WORDS}`],
    ['50,000 lists within each other', () => `<html><body>${'<ul><li>a'.repeat(25_000)}`],
    ['50,000 tables within each other', () => `<html><body>${'<table><tr><td>a<td>b'.repeat(15_000)}`],
    ['50,000 links and emphases within each other', () => `<html><body>${'<b><a href=x>a'.repeat(25_000)}`],
    [
      'end tags that nothing opened',
      () => `<html><body>${'<div>'.repeat(20_000)}${'</p></span></table>'.repeat(20_000)}`,
    ],
    [
      '20 MB of paragraphs',
      () => body('<p class="a">Some words of <a href="b.html">a page</a> &amp; more.</p>\n'.repeat(290_000)),
    ],
    ['4 MB of nothing but angles', () => `<html><body>${'<'.repeat(4_000_000)}`],
    ['20 MB of attributes', () => `<html><body ${'a="b" '.repeat(3_300_000)}>`],
    ['20 MB of entities', () => `<html><body>${'&amp;'.repeat(4_000_000)}`],
    ['a row of 300,000 cells', () => `<html><body><table>${`<tr>${'<td>1'.repeat(150_000)}`.repeat(2)}</table>`],
    [
      'classes without end',
      () => body(Array.from({ length: 30_000 }, (_, i) => `<div class="${'x-'.repeat(20)}${i}">a</div>`).join('')),
    ],
  ]
  for (const [name, make] of large)
    test(`${name}, in counted steps`, async () => {
      const input = Buffer.from(make())
      const { bytes, results, host } = await compressed(html, input, {}, tokenizer)
      expect(host.reports).toEqual([])
      expect(results[0]!.why).not.toBe('too-slow')
      expect(Buffer.compare((await expand(bytes, filterOf, host.memory)).bytes, input)).toBe(0)
    }, 60_000)
})

describe('the truth', () => {
  const inline = fc.constantFrom(
    '<b>',
    '</b>',
    '<i>',
    '</i>',
    '<a href="u.html">',
    '</a>',
    '<code>',
    '</code>',
    '<br>',
    ' ',
    '\n',
    '&amp;',
  )
  const block = fc.constantFrom(
    '<p>',
    '</p>',
    '<div>',
    '</div>',
    '<ul><li>',
    '<li>',
    '</ul>',
    '<table><tr><td>',
    '<td>',
    '<tr>',
    '</table>',
    '<h2>',
    '</h2>',
    '<blockquote>',
    '</blockquote>',
    '<pre>',
    '</pre>',
  )
  const pieces = fc.array(
    fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 0, max: 999 }).map(n => `w${n}`) }, inline, block),
    { maxLength: 120 },
  )

  test('words stand in the order of the page, none is made up and none is lost', () => {
    fc.assert(
      fc.property(pieces, parts => {
        const page = body(parts.join(' '))
        const { page: nodes } = parse(page, FREE)
        const words = (text: string) => text.match(/w\d+/g) ?? []
        const shown = markdown(page)!
        expect(words(shown)).toEqual(words(nodes.map(({ text }) => text).join(' ')))
      }),
      { numRuns: 400 },
    )
  })
})
