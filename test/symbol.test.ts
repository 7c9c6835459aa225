import { describe, expect, test } from 'bun:test'
import { namesIn, symbolLines, symbolRanges } from '../ccr/symbol.ts'

/** Small sources, all made up; the lines of a name are those that bear its letter in the margin, `.` is any other line. */
const SOURCES: Readonly<Record<string, { names: Readonly<Record<string, string>>; source: string }>> = {
  Python: {
    names: { a: 'retry', b: 'Cache', c: 'get', d: 'LIMITS', e: 'Cache.put', f: 'report' },
    source: `
.|from errors import (
.|    retry as other,
.|)
.|
d|LIMITS = {
d|    "tries": 3,  # don't { count
d|}
.|
a|@wraps(call)
a|@logged
a|def retry(times: dict = {}, *,
a|          pause=1.0):
a|    """Calls retry( again.
a|
a|Not indented {
a|    """
a|    half = times // 2 or (1)
a|
a|    return [retry(t)
a|for t in half]
.|
b|class Cache(Base):
b|    size = 10
b|
bc|    def get(self, key):
bc|        return self.data.get(key)
b|
be|    async def put(self, key): pass
.|
f|def report(): return 1
.|retry(3)`,
  },
  TypeScript: {
    names: { a: 'parse', b: 'Parser', c: 'next', d: 'Props', e: 'load', f: 'TABLE', g: 'Parser.close', h: 'Wide' },
    source: `
.|import { type Props as Other, parse as p } from './x'
.|// function parse (old) {
a|export function parse<
a|  T,
a|>({ a, b }: { a: string } = {}, text = "}"): { value: T } {
a|  const pattern = /[{}]"/
a|  return \`\${a} {\`
a|}
.|
b|export default class Parser<T> {
b|  #text = ''
bc|  private async *next(count: number): AsyncIterable<T> {
bc|    if (count) {
bc|      yield this.next(1)
bc|    }
bc|  }
bg|  close = () => {
bg|    this.next(1)
bg|  }
b|}
.|
d|interface Props {
d|  next?: string
d|}
.|
e|const load = async (path: string) =>
e|  read(path, {
e|    utf8: true,
e|  })
.|
f|export const TABLE: Record<string, number> = {
f|  next: 1,
f|}
.|
h|type Wide =
h|  | Props
h|  | string
.|parse({ next: load })`,
  },
  Go: {
    names: { a: 'Serve', b: 'Server', c: 'close', d: 'New', e: 'MaxSize' },
    source: `
.|package main
.|
.|import "net/http"
.|
e|const MaxSize = 10
.|
b|type Server struct {
b|	close chan struct{}
b|}
.|
d|func New(opts ...func(*Server)) (*Server, error) {
d|	s := &Server{}
d|	close(s.close)
d|	return s, nil
d|}
.|
.|// Serve runs {
a|func (s *Server) Serve(l net.Listener) error {
a|	if c := '{'; c > 0 {
a|		return fmt.Errorf("Serve %s {", \`raw
a|}\`)
a|	}
a|	return nil
a|}
.|
c|func (s *Server) close() {}`,
  },
  Rust: {
    names: { a: 'compile', b: 'Regex', c: 'new', d: 'Kind', e: 'Unit', f: 'log', g: 'Matcher' },
    source: `
.|use crate::compile;
.|
b|#[derive(Debug)]
b|pub struct Regex<'a> {
b|    text: &'a str,
b|}
.|
e|pub struct Unit;
.|
.|impl<'a> Regex<'a> {
c|    #[inline]
c|    pub fn new(text: &'a str) -> Self {
c|        let c = '{';
c|        Regex { text }
c|    }
.|}
.|
a|pub(crate) fn compile<T>(text: &str) -> Result<T, Error>
a|where
a|    T: From<String>,
a|{
a|    let s = r#"raw " { "#;
a|    let t = "over
a|} lines";
a|    Ok(T::from(s.into()))
a|}
.|
d|enum Kind { A, B(u8) }
.|
g|pub trait Matcher:
g|    Clone + Sync
g|{
g|    fn is(&self, c: char) -> bool;
g|}
.|
f|macro_rules! log {
f|    ($e:expr) => { println!("{}", $e) };
f|}`,
  },
  Java: {
    names: { a: 'ListView', b: 'render', c: 'size', d: 'Kind', e: 'of' },
    source: `
.|package view;
.|import java.util.List;
.|
.|/** A ListView for {@link List}. */
a|@Deprecated
a|public final class ListView<T extends Comparable<T>> extends View implements Sized {
a|  private int count = size();
a|
ab|  @Override
ab|  public <U> void render(final Map<String, List<U>> rows, int... sizes)
ab|      throws IOException {
ab|    if (render(rows)) {
ab|      return;
ab|    }
ab|  }
a|
ac|  public int size() { return count; }
a|
ad|  enum Kind { ROW, COLUMN }
a|
ae|  static ListView<String> of(String a) {
ae|    return new ListView<>(a, "}");
ae|  }
a|}`,
  },
  C: {
    names: { a: 'main', b: 'hash', c: 'point', d: 'SQUARE', e: 'entry_t', f: 'table', g: 'color' },
    source: `
.|#include <stdio.h>
.|
.|static unsigned hash(const char *text);
.|
c|struct point {
c|  int x, y;
c|};
.|
d|#define SQUARE(x) \\
d|  ((x) * \\
d|   (x))
.|
e|typedef struct {
e|  struct point at;
e|} entry_t;
.|
g|enum color { RED, GREEN };
.|
f|static const int table[] = {
f|  1, 2,
f|};
.|
b|static unsigned hash(const char *text)
b|{
b|  /* { */
b|  return *text == '{' ? hash(text + 1) : 0;
b|}
.|
a|int
a|main (int argc, char **argv)
a|{
a|  if (hash(argv[0])) { return SQUARE(2); }
a|  return 0;
a|}`,
  },
  'shell, Ruby and YAML': {
    names: { a: 'deploy', b: 'Queue', c: 'push', d: 'services' },
    source: `
a|deploy() {
a|  echo "deploy {"
a|}
.|deploy prod
.|
b|class Queue
bc|  def push(item)
bc|    @items << item
bc|  rescue StandardError => e
bc|    log(e)
bc|  end
b|end
.|
d|services:
d|  web:
d|    image: x
.|volumes:
.|  data:`,
  },
}

for (const [language, { names, source }] of Object.entries(SOURCES))
  describe(language, () => {
    const rows = source.slice(1).split('\n')
    const text = rows.map(row => row.slice(row.indexOf('|') + 1)).join('\n')
    for (const [letter, name] of Object.entries(names))
      test(name, () => {
        const marked = rows
          .map((row, i) => (row.slice(0, row.indexOf('|')).includes(letter) ? i + 1 : 0))
          .filter(Boolean)
        expect(symbolLines(text, name)).toEqual([marked[0]!, marked.at(-1)!])
      })
  })

describe('what is no definition', () => {
  const cases: [name: string, text: string][] = [
    ['call', 'call(1)\nreturn call(2)\nif (call(3)) {\n}\n'],
    ['word', '# word is defined elsewhere\n// class word\n "class word"\n'],
    ['part', 'function partial() {}\nconst apart = 1\n'],
    ['name', "import { name } from 'x'\nuse name;\n"],
    ['', 'function x() {}'],
  ]
  for (const [name, text] of cases) test(JSON.stringify(name), () => expect(symbolLines(text, name)).toBeUndefined())
})

test('hostile text takes linear time', () => {
  const started = performance.now()
  for (const text of ['f(\n', 'f({', 'def f ', 'f \'`"/', '** f(', '} f;\n', 'class f<', '{'.repeat(100)])
    symbolLines(text.repeat(300_000 / text.length), 'f')
  expect(performance.now() - started).toBeLessThan(4000)
})

describe('namesakes', () => {
  const text = `type A struct{}
type B struct{}
func (a *A) Close() {
	a.end()
}
func (b *B) Close() {
	b.end()
	Close(b)
}
impl C {
    fn close(&self) {
    }
}
impl D for E {
    fn close(&self) {
    }
}
void F::stop() {
}
void G::stop() {
}
`
  test.each([
    ['A.Close', 3, 5],
    ['B.Close', 6, 9],
    ['C.close', 11, 12],
    ['E.close', 15, 16],
    ['F.stop', 18, 19],
    ['G.stop', 20, 21],
  ])('%s', (name, first, last) => expect(symbolLines(text, name)).toEqual([first, last]))
  test('are all there', () => {
    expect(symbolRanges(text, 'Close')).toEqual([
      [3, 5],
      [6, 9],
    ])
    expect(symbolRanges(text, 'end')).toEqual([])
    expect(namesIn(text)).toContain('stop')
    expect(namesIn('x = close(1)\nreturn stop()\n')).toEqual([])
  })
})
