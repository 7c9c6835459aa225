import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { Original } from '../ccr/original.ts'
import { kindOf } from '../filters/auto/index.ts'
import { filterOf } from '../filters/index.ts'
import xml from '../filters/xml/index.ts'
import { models } from '../models/load.ts'
import { compressed, holds } from './laws.ts'
import { decodedOf, verdictOf } from './verdicts.ts'

const tokenizer = await models.tokenizer('o200k_base')

const record = (i: number) =>
  `  <dependency>\n    <groupId>org.example</groupId>\n    <artifactId>part-${i}</artifactId>\n    <version>1.${i}</version>\n  </dependency>\n`
/** Records of which each says something else. */
const entries = (count: number) =>
  `<list>\n${Array.from({ length: count }, (_, i) => `  <entry id="${i}">\n    <hash>${((i * 2654435761) % 4294967296).toString(36)}</hash>\n    <size>${(i * 7919) % 100003}</size>\n  </entry>\n`).join('')}</list>\n`
const pom = (count: number) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<dependencies>\n${Array.from({ length: count }, (_, i) => record(i)).join('')}</dependencies>\n`

describe('texts that come back byte for byte', () => {
  const texts: [string, string][] = [
    ['one element', '<a/>'],
    ['no line end at the end', '<a>\n  <b>1</b>\n</a>'],
    ['many at the end', '<a>\n  <b>1</b>\n</a>\n\n \n'],
    ['a byte order mark and CRLF', `\ufeff${pom(4).replaceAll('\n', '\r\n')}`],
    ['mixed line ends', pom(6).replace('\n  <dep', '\r\n  <dep')],
    ['tabs', pom(4).replaceAll('  ', '\t')],
    ['no indentation', pom(4).replaceAll('  ', '')],
    ['one line', pom(4).replace(/\n */g, '')],
    ['empty elements of three kinds', '<a>\n  <b/>\n  <b />\n  <b></b>\n  <b> </b>\n  <b>\n  </b>\n</a>\n'],
    ['quotes of both kinds', `<a x="it's" y='"q"' z=''>\n  <b c="" d="a b" e="f:"/>\n</a>\n`],
    [
      'attributes with space around',
      '<a  x = "1"\n   y="2" >\n  <b\n    c="1"\n    d="2"/>\n  <b\n    c="3"\n    d="4"/>\n</a>\n',
    ],
    ['an attribute over two lines', '<a>\n  <b c="1\n2">3</b>\n</a>\n'],
    ['an attribute twice', '<a>\n  <b c="1" c="2">3</b>\n</a>\n'],
    ['closing tags with space', '<a>\n  <b>1</b >\n  <c>\n    <d>1</d>\n  </c\n>\n</a>\n'],
    ['text over lines', '<a>\n  <b>\n    one\n\n    two\n  </b>\n  <b>one\n two</b>\n</a>\n'],
    ['mixed content', '<a>\n  <p>one <b>two</b> three</p>\n  <p>\n    x <i/>\n  </p>\n</a>\n'],
    ['CDATA with brackets', '<a>\n  <b><![CDATA[ ]] > <c> ]]]></b>\n</a>\n'],
    ['comments, instructions', '<!-- a\n b -->\n<a>\n  <!--x-->\n  <?pi a?>\n  <b>1</b>\n</a>\n<!-- end -->\n'],
    [
      'entities, never expanded',
      '<!DOCTYPE a [\n  <!ENTITY l "&k;&k;">\n  <!ENTITY k "kk">\n]>\n<a>&l;&#10;&lt;</a>\n',
    ],
    ['namespaces', '<x:a xmlns:x="urn:x">\n  <x:b y:c="1">z</x:b>\n</x:a>\n'],
    ['blank lines between', pom(5).replaceAll('</dependency>\n', '</dependency>\n\n')],
    ['a record of another make', pom(6).replace('<version>1.3</version>', '<version a="1">1.3</version><x/>')],
    [
      'lists of one, two and none',
      '<a>\n  <b><c>1</c><c>2</c></b>\n  <b><c>1</c></b>\n  <b><c>-</c></b>\n  <b><d/></b>\n</a>\n',
    ],
    [
      'pairs',
      '<a>\n  <b><t k="a" v="1"/><t k="b" v="2"/></b>\n  <b><t k="a=" v="1"/></b>\n  <b><t k="a" v=";"/></b>\n</a>\n',
    ],
    ['lines like the notation', '<a>\n  <b>[... 3 lines L1-3]</b>\n  <b>\n@3 x\n^\\n\n//\n</b>\n  <b>~</b>\n</a>\n'],
    [
      'values like codes',
      `<a>\n${['-', '<->'.replace('<', '&lt;'), '~', '', '#', '\\', 'a|b', ' x '].map(v => `  <b>${v}</b>\n`).join('')}</a>\n`,
    ],
    ['bytes that are no UTF-8', '<a>\n  <b>caf\udce9</b>\n</a>\n'],
  ]
  for (const [name, text] of texts)
    test(name, async () => {
      const verdict = await verdictOf(xml, text, 'lossless')
      expect(verdict.kind).toBe('rewrite')
      expect(decodedOf(xml, verdict, text)).toBe(text)
    })
})

describe('texts that are left alone', () => {
  const texts: [string, string][] = [
    ['an element that does not close', '<a>\n  <b>1\n</a>'],
    ['tags that close in another order', '<a><b></a></b>'],
    ['two roots', '<a/>\n<b/>'],
    ['text around the root', 'see <a>1</a>'],
    ['a comment that does not close', '<a><!-- </a>'],
    ['a quote that does not close', '<a b="1></a>'],
    ['NUL', '<a>\0</a>'],
    ['nesting of 50,000', '<a>'.repeat(50_000) + '</a>'.repeat(50_000)],
    ['a name that is none', '<a><1b/></a>'],
    ['less than', 'a < b'],
  ]
  for (const [name, text] of texts)
    test(name, async () => {
      expect(await verdictOf(xml, text, 'balanced')).toEqual({ kind: 'pass', why: 'not-mine' })
    })
})

describe('what a reader sees', () => {
  test('the version of a dependency, without its tags', async () => {
    const { results } = await compressed(xml, Buffer.from(pom(12)), {}, tokenizer)
    expect(results[0]!.text).toContain('@12  dependency\ngroupId=org.example,artifactId=part-*,version=1.*\n0,0\n')
    expect(results[0]!.lossless).toBe('bytes')
  })
  test('a notice and base64 behind markers, in balanced mode', async () => {
    const notice = `<!--\n${'  Licensed under the Example License; see there for what is granted and what is not.\n'.repeat(6)}-->\n`
    const blob = Buffer.from(Array.from({ length: 600 }, (_, i) => (i * i * 31 + 7 * i) % 256)).toString('base64')
    const text = `${notice}<plist>\n  <key>icon</key>\n  <data>${blob}</data>\n</plist>\n`
    for (const input of [text, `\ufeff${text.replaceAll('\n', '\r\n')}`]) {
      const { results } = await holds(
        xml,
        Buffer.from(input),
        'balanced',
        name => (name === 'xml' ? xml : undefined),
        tokenizer,
      )
      expect(results[0]!.text).toMatch(/\[\.\.\. notice of \d+ characters B\d+-\d+\]/)
      expect(results[0]!.text).toMatch(/data: \[\.\.\. 800 characters of base64 or hex B\d+-\d+\]/)
    }
  })
  test('rows go only from large texts, never what the question asks for', async () => {
    const hash = ((271 * 2654435761) % 4294967296).toString(36)
    const query = `how large is ${hash}?`
    const { results } = await compressed(xml, Buffer.from(entries(600)), { query, mode: 'aggressive' }, tokenizer)
    expect(results[0]!.lossless).toBe('no')
    expect(results[0]!.text).toContain(`,${hash},${(271 * 7919) % 100003}\n`)
    expect(results[0]!.text).toMatch(/\[\.\.\. \d+ rows L\d+-\d+: @id \d+ to \d+\]/)
  })
})

test('a document of 20 MB passes through in linear time', async () => {
  const text = pom(150_000)
  expect(text.length).toBeGreaterThan(19_000_000)
  const verdict = await verdictOf(xml, text, 'lossless')
  expect(decodedOf(xml, verdict, text) === text).toBe(true)
}, 60_000)

test('steps grow with the length alone', async () => {
  const baits = [
    (n: number) => pom(n / 40),
    (n: number) => `<a>${' '.repeat(n * 3)}</a>`,
    (n: number) => `<a>${'<b/>'.repeat(n)}</a>`,
    (n: number) => `<a ${'x="1" '.repeat(n)}/>`,
  ]
  for (const bait of baits) {
    const counts = await Promise.all([4000, 8000].map(async n => (await verdictOf(xml, bait(n), 'balanced')).steps))
    expect(counts[1]!).toBeLessThanOrEqual(2.2 * counts[0]! + 2000)
  }
})

describe('auto', () => {
  const kinds: [string, string, string | undefined][] = [
    ['data', pom(3), 'xml'],
    ['data on one line', pom(3).replace(/\n */g, ''), 'xml'],
    ['a page', '<!DOCTYPE html>\n<html>\n<body>\n<p>x</p>\n</body>\n</html>\n', 'html'],
    [
      'XHTML',
      '<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml">\n<body>\n<p/>\n</body>\n</html>\n',
      'html',
    ],
    ['a drawing', '<svg xmlns="http://www.w3.org/2000/svg">\n<path d="M0"/>\n<path/>\n<path/>\n</svg>\n', 'markup'],
    ['what does not close', '<a>\n<b>\n<c>\n', 'markup'],
  ]
  for (const [name, text, kind] of kinds)
    test(name, () => {
      expect(kindOf(text)?.name).toBe(kind as never)
    })
  test('a prefix of a long document', () => {
    expect(kindOf(pom(2000))?.name).toBe('xml')
  })
})

test('random layouts come back', async () => {
  const space = fc.constantFrom('', '\n', '\n  ', '\n    ', '\n\n  ', ' ', '\n\t')
  const value = fc.constantFrom('', '1', 'a b', '-', '~', 'x: y', '&amp;', 'é', '|3', '[x]', '@1', ';')
  const name = fc.constantFrom('a', 'b', 'c:d', 'e-f')
  const attribute = fc
    .tuple(fc.constantFrom(' ', ' ', '\n  '), name, value)
    .map(([gap, key, v]) => `${gap}${key}="${v}"`)
  const tag = fc
    .tuple(name, fc.array(attribute, { maxLength: 2 }))
    .map(([n, list]) => ({ n, open: `<${n}${list.join('')}` }))
  const { tree } = fc.letrec<{ tree: string }>(tie => ({
    tree: fc.oneof(
      { depthSize: 'small' },
      tag.map(({ open }) => `${open}/>`),
      fc.tuple(tag, value).map(([{ n, open }, text]) => `${open}>${text}</${n}>`),
      fc
        .tuple(tag, space, fc.array(tie('tree'), { minLength: 1, maxLength: 6 }), space)
        .map(
          ([{ n, open }, gap, children, end]) => `${open}>${children.map(child => gap + child).join('')}${end}</${n}>`,
        ),
      fc
        .tuple(tag, space, tie('tree'), fc.integer({ min: 3, max: 9 }))
        .map(([{ n, open }, gap, child, count]) => `${open}>${(gap + child).repeat(count)}</${n}>`),
    ),
  }))
  await fc.assert(
    fc.asyncProperty(tree, async text => {
      expect(decodedOf(xml, await verdictOf(xml, text, 'lossless'), text)).toBe(text)
    }),
    { numRuns: 400 },
  )
}, 60_000)

test('a selector of a marker brings back what it stands for', async () => {
  const text = entries(600)
  const { results, host } = await compressed(xml, Buffer.from(text), { mode: 'aggressive' }, tokenizer)
  const [, first, last] = /\[\.\.\. \d+ rows L(\d+)-(\d+)/.exec(results[0]!.text)!
  const original = Original.of(host.memory.get(results[0]!.ref!)!.original)
  const rows = original.slice({ kind: 'lines', ranges: [[Number(first), Number(last)]] })
  expect(rows.startsWith('  <entry id=')).toBe(true)
  expect(rows.endsWith('  </entry>\n')).toBe(true)
  expect(await filterOf('xml')).toBe(xml)
})
