/** Inputs that no filter may fail on. Each is made here and named for what is wrong with it. */
export type Input = readonly [name: string, make: () => Uint8Array]

const text =
  (make: () => string): (() => Uint8Array) =>
  () =>
    Buffer.from(make())
const repeat = (count: number, make: (i: number) => string) => Array.from({ length: count }, (_, i) => make(i)).join('')
const logLine = (i: number) =>
  `2024-01-15T10:${String(i % 60).padStart(2, '0')}:00Z INFO worker-${i % 7}: request ${i} took ${(i * 37) % 900} ms\n`
const rows = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    id: i,
    level: i % 50 ? 'INFO' : 'ERROR',
    message: `step ${i}`,
    tags: ['a', 'b'],
  }))

export const SMALL_INPUTS: readonly Input[] = [
  ['empty', text(() => '')],
  ['one byte', text(() => 'x')],
  ['one line end', text(() => '\n')],
  ['blank lines', text(() => '\n'.repeat(200))],
  ['no final line end', text(() => repeat(60, logLine).slice(0, -1))],
  ['CRLF', text(() => repeat(60, logLine).replaceAll('\n', '\r\n'))],
  ['mixed line ends', text(() => repeat(60, i => logLine(i).replace('\n', ['\n', '\r\n', '\r'][i % 3]!)))],
  ['byte-order mark', text(() => `\ufeff${repeat(60, logLine)}`)],
  ['byte-order mark and JSON', text(() => `\ufeff${JSON.stringify(rows(40), null, 2)}`)],
  ['NUL bytes', text(() => repeat(60, i => logLine(i).replace('worker', 'wor\0ker')))],
  ['NUL bytes in JSON', text(() => `[${repeat(30, i => `{"a\0":${i}},\n`)}{}]`)],
  [
    'mixed encodings',
    () =>
      Buffer.concat([
        Buffer.from(repeat(40, logLine)),
        Buffer.from('caf\xe9 na\xefve\n'.repeat(40), 'latin1'),
        Buffer.from(repeat(40, logLine), 'utf16le'),
      ]),
  ],
  ['random bytes', () => Uint8Array.from({ length: 4000 }, (_, i) => (i * i * 31 + (i >> 3) * 17) % 256)],
  [
    'lone surrogates as WTF-8',
    () => Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('"}\n')]),
  ],
  ['lone surrogate escapes', text(() => JSON.stringify(rows(30)).replaceAll('step', '\\ud800\\udfff\\udc00'))],
  ['truncated JSON', text(() => JSON.stringify(rows(80), null, 2).slice(0, -400))],
  [
    'NDJSON with broken rows',
    text(() =>
      rows(60)
        .map((row, i) => (i % 9 === 4 ? '{"id": ' : JSON.stringify(row)))
        .join('\n'),
    ),
  ],
  [
    'NDJSON, blank lines between',
    text(() =>
      rows(30)
        .map(row => `${JSON.stringify(row)}\n\n`)
        .join(''),
    ),
  ],
  [
    'numbers at the edges',
    text(() => `[${repeat(20, () => '1e400,-0,0.10,1E5,1234567890123456789012345,-1.0e-7,')}0]`),
  ],
  ['duplicate keys', text(() => `[${repeat(20, i => `{"a":${i},"a":2,"b":{"c":1,"c":1}},`)}{}]`)],
  [
    'null, missing and "" side by side',
    text(() =>
      JSON.stringify(
        Array.from({ length: 40 }, (_, i) =>
          i % 3 === 0 ? { a: null, b: '' } : i % 3 === 1 ? { a: '' } : { b: 'null', a: 0 },
        ),
      ),
    ),
  ],
  [
    'mixed types in a column',
    text(() =>
      JSON.stringify(
        Array.from({ length: 40 }, (_, i) => ({ v: [1, '1', true, null, [1], { x: 1 }, 'true', 1.5][i % 8] })),
      ),
    ),
  ],
  ['terminal escape sequences', text(() => repeat(60, i => `\x1b[3${i % 8}m${logLine(i).trimEnd()}\x1b[0m\n`))],
  ['carriage-return progress', text(() => `${repeat(100, i => `\rdownloading ${i} %`)}\ndone\n`)],
  ['an unclosed bracket on each line', text(() => repeat(3000, i => `[ ${i} waiting for worker\n`))],
  [
    'forged heads',
    text(() => repeat(40, i => `[hr 3f9a1c2b7d log: gaps by headroom retrieve 3f9a1c2b7d L1-${i + 2} | --grep RE]\n`)),
  ],
  ['forged feet', text(() => repeat(60, logLine).replaceAll('request 7', '\n[hr end]\n'))],
  ['forged markers', text(() => repeat(60, i => `${logLine(i)}[... 3 lines L${i + 1}-${i + 3}]\n`))],
  ['forged markers inside lines', text(() => repeat(60, i => logLine(i).replace('took', '[... 1 line L1]')))],
  [
    'lines that look like coded ones',
    text(() => repeat(90, i => `${'ABC'[i % 3]} ${i}|${i % 5}|"\nA=* *\n@${i} 3 rows | a,b\n"\n`)),
  ],
  ['backslashes and separators', text(() => repeat(90, i => `a\\|b|\\n ${i} \\\\| "x" | ~ ^ \\"\n`))],
  ['white space at line ends', text(() => repeat(90, i => `  step ${i % 4} \t  \n`))],
  ['one line often', text(() => 'the same line again and again\n'.repeat(500))],
  ['a counter', text(() => repeat(500, i => `tick ${i}\n`))],
  [
    'lines of no pattern',
    text(() => repeat(300, i => `${(i * 2654435761) % 4294967296} ${'zyxwvuts'[i % 8]}${i * 7919}${'!?.,'[i % 4]}\n`)),
  ],
  [
    'embedded JSON that does not close',
    text(() => repeat(80, i => `${logLine(i).trimEnd()} payload={"id": ${i}, "items": [1, 2\n`)),
  ],
  [
    'prose',
    text(() =>
      repeat(
        30,
        i =>
          `The ${i}th visitor said that the door was not closed, although it was late and nobody had been told to leave it open. `,
      ),
    ),
  ],
  ['no spaces', text(() => 'abcdefghij'.repeat(400))],
  [
    'code in prose',
    text(() =>
      repeat(
        20,
        i =>
          `To open the file of the user, call the function below; it is the one that was shown in part ${i}.\n\n    const file${i} = open("a.txt")\n\n\`\`\`js\nif (a) { return ${i} }\n\`\`\`\n`,
      ),
    ),
  ],
  [
    'tables in prose',
    text(() =>
      repeat(
        20,
        i =>
          `The table below says what was measured on day ${i}, and it is the one that the report was made of.\n\n| day | of | the |\n|---|---|---|\n| ${i} | a | the of to |\n\n`,
      ),
    ),
  ],
  [
    'a mail with quoted history',
    text(
      () =>
        `On Monday, Bo <bo@example.org> wrote:\n${repeat(40, i => `${'>'.repeat(1 + (i % 5))} this is what the ${i}th of us said to the others\n`)}It is the answer that was asked for.\n-- \nBo\n`,
    ),
  ],
  [
    'subtitles',
    text(() =>
      repeat(40, i => `${i + 1}\n00:00:${10 + i},000 --> 00:00:${11 + i},500\nIt was the one that was said.\n\n`),
    ),
  ],
  ['a poem', text(() => 'The sea is the sea\n  and the night is of it,\n\nand so it was,\n  so it is.\n\n'.repeat(12))],
  ['emoji', text(() => '👩‍👩‍👧‍👦🏳️‍🌈 ok\n'.repeat(100))],
  ['right to left', text(() => 'هذا نص عربي طويل يتكرر في كل سطر.\n'.repeat(60))],
  [
    'Chinese and Japanese',
    text(() => '今日は天気がいいので、散歩に行きました。\n我们昨天讨论了这个问题。\n'.repeat(40)),
  ],
]

/** Inputs of a size that shows what is not linear. */
export const LARGE_INPUTS: readonly Input[] = [
  ['nesting of 100,000', text(() => `${'['.repeat(100_000)}${']'.repeat(100_000)}`)],
  ['nesting of 100,000 that does not close', text(() => '{"a":'.repeat(100_000))],
  ['a line of 5 MB', text(() => `${'x y '.repeat(1_250_000)}\n`)],
  [
    'strings of 1 MB in cells',
    text(() => JSON.stringify(Array.from({ length: 4 }, (_, i) => ({ id: i, blob: String(i).repeat(1_000_000) })))),
  ],
  [
    '10,000 columns',
    text(() =>
      JSON.stringify(
        Array.from({ length: 5 }, () => Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`c${i}`, i]))),
      ),
    ),
  ],
  [
    '20,000 different key sets',
    text(() => JSON.stringify(Array.from({ length: 20_000 }, (_, i) => ({ [`k${i}`]: i, [`l${i % 97}`]: 1 })))),
  ],
  ['100,000 log lines', text(() => repeat(100_000, logLine))],
  ['100,000 equal lines', text(() => 'the same line\n'.repeat(100_000))],
  [
    'regex bait',
    text(
      () =>
        `${'a'.repeat(200_000)}!\n${' '.repeat(200_000)}\n${'"\\'.repeat(100_000)}\n${'[... '.repeat(50_000)}\n${'[hr '.repeat(50_000)}\n${'1-'.repeat(100_000)}\n`,
    ),
  ],
]
