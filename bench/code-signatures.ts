/**
 * Heads of definitions, told by lines and not by grammars, so that what min-code keeps is not measured by what it reads. By a file's
 * extension: what others may call (`shown`), and what defines any function or a constant (`told`).
 */
interface Heads {
  readonly shown: RegExp
  readonly told: RegExp
}

const SCRIPT: Heads = {
  shown:
    /^export (?:default )?(?:declare |abstract |async )*(?:function\*?|class|interface|type|enum|const|let|namespace) ?\w+|^(?:module\.)?exports\.\w+ = (?:async )?function|^ {2}(?:public )(?:static |async |abstract )*\w+\(/,
  told: /^\s*(?:export )?(?:default )?(?:async )?function\*? ?\w+ ?\(|^(?:export )?(?:const|let|var) [A-Z][A-Z_]+ = ["'\d]|^\s*(?:export )?const \w+ = (?:async )?\([^()]*\)(?:: [^=]+)? => \{$|^ {2}(?:(?:public|private|protected|static|async) )*(?!if|for|while|switch|catch|return|function|super)\w+\([^()]*\)(?:: [^{]+)? \{$/,
}
const C: Heads = {
  shown:
    /^(?!static |typedef |return |else |#|\/|\s)[\w:][\w:<>, *&~]* \*?(?:\w+::)*~?\w+\([^;]*\)(?: const)?(?: noexcept)?(?: \{)?$/,
  told: /^(?!return |else |#|\/|\s)[\w:][\w:<>, *&~]* \*?(?:\w+::)*~?\w+\([^;]*\)(?: const)?(?: noexcept)?(?: \{)?$|^#define [A-Z_]+ \S/,
}
/** Members of types at the top, or in a namespace; what is deeper is local. */
const CLASSES: Heads = {
  shown:
    /^(?: {0,4}|\t{0,2})(?:\[.*\] )?public (?:static |final |abstract |override |virtual |async |sealed |readonly |partial |synchronized |default |unsafe )*[\w<>[\],.? ]+[ (]\w*.*[({]?$/,
  told: /^\s*(?:public|private|protected|internal) (?:static |final |abstract |override |virtual |async |sealed |synchronized )*[\w<>[\],.?]+ \w+\(.*$|^\s*(?:public|private|protected) (?:static final|const) \w+ \w+ = .{1,60};$/,
}

const HEADS: Readonly<Record<string, Heads>> = {
  ...Object.fromEntries(['ts', 'tsx', 'js', 'jsx', 'mjs', 'cjs'].map(extension => [extension, SCRIPT])),
  ...Object.fromEntries(['c', 'h', 'cc', 'cpp', 'hpp'].map(extension => [extension, C])),
  java: CLASSES,
  cs: CLASSES,
  py: {
    shown: /^(?:async )?def [a-z]\w*\(|^class [A-Z]\w*|^ {4}(?:async )?def [a-z]\w*\(/,
    told: /^\s*(?:async )?def \w+\(.*$|^[A-Z][A-Z_]+ = .{1,80}$/,
  },
  rs: {
    shown: /^\s*pub (?:async |unsafe |const |extern "C" )*(?:fn|struct|enum|trait|type|mod|static|const) \w+/,
    told: /^\s*(?:pub(?:\(crate\))? )?(?:async |unsafe |const )*fn \w+.*$|^\s*(?:pub )?const [A-Z_]+: .{1,80};$/,
  },
  go: {
    shown: /^func (?:\(\w+ \*?\w+\) )?[A-Z]\w*\(|^type [A-Z]\w* /,
    told: /^func .*\{$|^const \w+ .{1,80}$|^\t[A-Z]\w+ += .{1,60}$/,
  },
  rb: {
    shown: /^\s*def \w[\w?!=]*|^\s*(?:class|module) [A-Z]\w*/,
    told: /^\s*def [\w.?!=]+.*$|^\s*[A-Z][A-Z_]+ = .{1,80}$/,
  },
  php: {
    shown: /^\s*(?:final |abstract )*(?:public )(?:static )?function \w+|^function \w+|^(?:final |abstract )?class \w+/,
    told: /^\s*(?:(?:final|abstract|public|protected|private|static) )*function \w+\(.*$|^\s*(?:public |private )?const [A-Z_]+ = .{1,80}$/,
  },
  sh: { shown: /^(?:function )?[\w-]+ ?\(\)/, told: /^(?:function )?[\w-]+ ?\(\).*$|^[A-Z][A-Z_]+=\S{1,80}$/ },
}

/**
 * Lines of `text` that a file of that name shows to others, or that define a function or a constant; white space at their ends aside. What
 * stands in a comment, in a string of many lines or deeper than the head of a function above it is nobody else's to call.
 */
export function headsOf(text: string, name: string): { shown: string[]; told: string[] } {
  const extension = name.slice(name.lastIndexOf('.') + 1)
  const heads = HEADS[extension] ?? HEADS.sh!
  const lines = text
    .split('\n')
    .map(line => line.trimEnd())
    .filter(outside(extension))
  const short = lines.filter(line => line.length < 300 && !/^\s*(?:\*|\/\/|#\s)/.test(line))
  const matching = (pattern: RegExp, from: string[]) => [
    ...new Set(from.filter(line => pattern.test(line)).map(line => line.trim())),
  ]
  return { shown: matching(heads.shown, short.filter(global())), told: matching(heads.told, short) }
}

/** What opens a string that goes on to a line with a word of its own, the last one of its line. */
const HEREDOC: Readonly<Record<string, RegExp>> = { rb: /^.*<<[-~]?['"]?([A-Z]\w*)/, php: /<<<['"]?([A-Z]\w*)/ }

/** Is a line, read in order, outside comments and strings of many lines? */
function outside(extension: string): (line: string) => boolean {
  let until: string | undefined
  return line => {
    if (until !== undefined) {
      const ends = until === '*/' ? line.includes(until) : line.trim().replace(/[;,)]+$/, '') === until
      if (ends) until = undefined
      return false
    }
    until = HEREDOC[extension]?.exec(line)?.[1] ?? (/^\s*\/\*(?!.*\*\/)/.test(line) ? '*/' : undefined)
    return true
  }
}

/** The head of a function, as languages write it in which a definition deeper than that may look public. */
const FUNCTION = /^\s*(?:(?:pub|async|public|private|protected|static|final)(?:\(\w+\))? )*(?:def|fn|function) /

/** Is a line, read in order, in no function's body, by its indentation? */
function global(): (line: string) => boolean {
  let depth = Infinity
  return line => {
    const own = /^\s*/.exec(line)![0].length
    // A brace of its own goes with the head above it.
    if (line === '' || own > depth || line.trim() === '{') return own <= depth
    depth = FUNCTION.test(line) && !/^\s*def .*\bend$/.test(line) ? own : Infinity
    return true
  }
}
