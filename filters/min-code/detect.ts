import type { Hint } from '../filter.ts'
import type { LanguageName } from './languages.ts'

/**
 * The languages that a text may be in, the likeliest first: by what its name says, its first line, its lines, each looked at when it
 * is asked for. Bounded work.
 */
export function* languagesOf(text: string, hint: Hint): Generator<LanguageName, void> {
  const found = new Set<LanguageName>()
  const sample = text.slice(0, SAMPLE)
  for (const look of [byName, byFirstLine, byLines])
    for (const name of look(sample, hint)) {
      if (found.has(name)) continue
      found.add(name)
      yield name
    }
}

/** The likeliest, or undefined. */
export function languageOf(text: string, hint: Hint): LanguageName | undefined {
  const { value } = languagesOf(text, hint).next()
  return value ?? undefined
}

/** A notebook of Jupyter (nbformat 4): JSON with cells. */
export function isNotebook(text: string, { path = '' }: Hint): boolean {
  if (!/^\ufeff?\{\s{0,20}"(?:cells|metadata|nbformat)": ?[[{\d]/.test(text.slice(0, 100))) return false
  return path.endsWith('.ipynb') || (text.includes('"cell_type": "') && /"nbformat": ?\d/.test(text.slice(-2000)))
}

const SAMPLE = 64 * 1024

const EXTENSIONS: Readonly<Record<string, LanguageName>> = {
  ...{ ts: 'typescript', mts: 'typescript', cts: 'typescript', tsx: 'tsx' },
  ...{ js: 'javascript', mjs: 'javascript', cjs: 'javascript', jsx: 'javascript', es6: 'javascript' },
  ...{ py: 'python', pyi: 'python', pyw: 'python', pyx: 'python' },
  ...{ rs: 'rust', go: 'go', java: 'java', c: 'c', cs: 'csharp', php: 'php', phtml: 'php' },
  ...{ cc: 'cpp', cpp: 'cpp', cxx: 'cpp', 'c++': 'cpp', hh: 'cpp', hpp: 'cpp', hxx: 'cpp', ipp: 'cpp', inl: 'cpp' },
  ...{ rb: 'ruby', rake: 'ruby', gemspec: 'ruby', ru: 'ruby' },
  ...{ sh: 'bash', bash: 'bash', bats: 'bash', ebuild: 'bash' },
}

const FILES: Readonly<Record<string, LanguageName>> = { Rakefile: 'ruby', Gemfile: 'ruby', Vagrantfile: 'ruby' }

function byName(sample: string, { path = '' }: Hint): LanguageName[] {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
  if (Object.hasOwn(FILES, name)) return [FILES[name]!]
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
  if (extension === 'h') return [CPP_ONLY.test(sample) ? 'cpp' : 'c']
  return Object.hasOwn(EXTENSIONS, extension) ? [EXTENSIONS[extension]!] : []
}

/** In a header, what C does not have. */
const CPP_ONLY =
  /^[ \t]*(?:class\s+\w|template\s*<|namespace\s+\w|public:|private:|protected:|using\s+\w|constexpr\s)|\bstd::|\w::\w/m

const SHEBANGS: readonly (readonly [LanguageName, RegExp])[] = [
  ['python', /^#!.*\bpython/],
  ['bash', /^#!.*\b(?:ba|da|k|z)?sh\b/],
  ['ruby', /^#!.*\bruby/],
  ['php', /^(?:#!.*\bphp|<\?php\b)/],
  ['javascript', /^#!.*\bnode/],
  ['typescript', /^#!.*\b(?:deno|tsx|bun|ts-node)\b/],
]

const byFirstLine = (sample: string): LanguageName[] =>
  SHEBANGS.filter(([, pattern]) => pattern.test(sample.slice(0, 200))).map(([name]) => name)

/** Lines that one language has and others have not, each worth as often as it comes; two lines are the least. */
const TELLING: Readonly<Record<LanguageName, RegExp>> = {
  typescript:
    /^(?:export )?(?:declare |abstract |async |const )*(?:interface \w+|type \w+(?:<.{0,80}>)? =|enum \w+ \{|function \w+\(.{0,80}\w\??: |(?:const|let) \w+: \w)|^import (?:type )?.{1,200} from ['"]|^\s+(?:private|public|protected|readonly) \w+[(:?<]|^\s+(?:async )?\w+\(.{0,200}\w: .{1,80}\)(?:: .{1,80})? \{$/,
  tsx: /^\s+<[A-Z]\w+[ >].{0,200}(?:: \w+\)|as \w+)/,
  javascript:
    /^(?:'use strict'|"use strict")|^(?:var|const|let) .{1,80} = require\(|^(?:module\.)?exports\b|^\s*(?:async )?function\*? ?\w*\(|^(?:export |import ).{1,120}|^\s*(?:const|let) \w+ = .{0,80}(?:=>|;$)|\.prototype\.\w+ = function|^define\(|^\w[\w.]+ = function/,
  python:
    /^\s*(?:async )?def \w+\(.{0,200}(?:[:,(]|->.{1,60}:)$|^class \w+(?:\(.{0,100}\))?:|^from [\w.]+ import |^import \w[\w., ]{0,100}$|^\s*(?:elif .{1,100}|except\b.{0,60}):$|^\s+self\.\w+ = /,
  rust: /^\s*(?:pub(?:\(.{1,20}\))? )?(?:(?:async|unsafe|const|extern "C") )*fn \w+|^(?:pub )?(?:use (?:crate|super|std|self)::|mod \w+;)|^\s*impl(?:<.{1,60}>)? |^\s*#!?\[\w+|^\s*let mut |^\s*(?:pub )?(?:struct|enum|trait) \w+/,
  go: /^package \w+$|^func (?:\(\w+ \*?\w+.{0,20}\) )?\w+[([]|^type \w+ (?:struct|interface|func)\b|^import \($|^\t+\w+(?:, \w+)* := /,
  java: /^package [\w.]+;|^import (?:static )?[\w.]+(?:\.\*)?;|^\s*(?:public|private|protected) (?:static |final |abstract |synchronized )*(?:class|interface|enum|record|[\w<>[\], ?]{2,80}) \w+|^\s+@Override$/,
  c: /^#\s?include [<"][\w./-]+\.h[>"]|^(?:static |extern |const |unsigned |struct )*\w+[ *]+\w+\([^;]{0,200}(?:\)|,)?$|^typedef |^#\s?define \w+/,
  cpp: /^#\s?include <\w+>|^\s*(?:namespace \w+|template ?<|class \w+.{0,60}\{|using namespace )|\bstd::|^\w.{0,80}\w::~?\w+\(|^ ?(?:public|private|protected):$/,
  csharp:
    /^\s*using [A-Z][\w.]+;|^\s*namespace [\w.]+|^\s+(?:public|private|protected|internal) (?:static |override |virtual |async |sealed |readonly |partial )*[\w<>[\],?]+ \w+|\{ get; |^\s*#region /,
  ruby: /^\s*(?:def [\w.?!=]+.{0,100}|module [A-Z]\w*(?:::\w+)*|end|attr_(?:reader|accessor|writer) :.{1,100}|require(?:_relative)? ['"].{1,80}|class [A-Z]\w*(?:::\w+)*(?: < .{1,60})?)$|\bdo \|[\w, ]+\|$/,
  php: /^<\?php|^\s*(?:public|private|protected|abstract|final|static) (?:static )?function |^\s*\$\w+(?:->\w+)? = |^use [A-Z]\w*(?:\\\w+)+|^\s+\$this->/,
  bash: /^\s*(?:fi|done|esac|then)$|^\s*(?:if|while|until) \[\[? |^\s*(?:function )?[\w-]+ ?\(\) ?\{|^\s*local \w+|^\s*(?:\w+\)|\*\))$|^\s*export \w+=|\bthen$/,
}

function byLines(sample: string): LanguageName[] {
  const counts = new Map<LanguageName, number>()
  const lines = sample.split('\n', LINES)
  const full = lines.filter(line => /\w/.test(line)).length
  for (const whole of lines) {
    const line = whole.length > WIDTH ? whole.slice(0, WIDTH) : whole.trimEnd()
    for (const [name, pattern] of Object.entries(TELLING) as [LanguageName, RegExp][])
      if (pattern.test(line)) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  // What TypeScript shares with JavaScript counts for the one that has lines of its own.
  const typed = counts.get('typescript') ?? 0
  if (typed >= 3) counts.set('typescript', typed + (counts.get('javascript') ?? 0))
  const plusPlus = counts.get('cpp') ?? 0
  if (plusPlus >= 3) counts.set('cpp', plusPlus + (counts.get('c') ?? 0))
  return [...counts]
    .filter(([, count]) => count >= 2 && count >= full / 60)
    .sort((a, b) => b[1] - a[1])
    .map(([name]) => name)
    .slice(0, 2)
}

const LINES = 400
const WIDTH = 300
