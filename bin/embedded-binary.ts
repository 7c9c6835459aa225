import bash from '../models/grammars/bash.br' with { type: 'file' }
import c from '../models/grammars/c.br' with { type: 'file' }
import csharp from '../models/grammars/c-sharp.br' with { type: 'file' }
import cpp from '../models/grammars/cpp.br' with { type: 'file' }
import go from '../models/grammars/go.br' with { type: 'file' }
import java from '../models/grammars/java.br' with { type: 'file' }
import javascript from '../models/grammars/javascript.br' with { type: 'file' }
import php from '../models/grammars/php.br' with { type: 'file' }
import python from '../models/grammars/python.br' with { type: 'file' }
import ruby from '../models/grammars/ruby.br' with { type: 'file' }
import rust from '../models/grammars/rust.br' with { type: 'file' }
import treeSitter from '../models/grammars/tree-sitter.br' with { type: 'file' }
import tsx from '../models/grammars/tsx.br' with { type: 'file' }
import typescript from '../models/grammars/typescript.br' with { type: 'file' }
import cl100k from '../models/tokenizer/cl100k_base.bin' with { type: 'file' }
import o200k from '../models/tokenizer/o200k_base.bin' with { type: 'file' }

/** Files that the compiled binary carries, by name: where their bytes are read from. */
export const embedded: Readonly<Record<string, string>> = {
  o200k_base: o200k,
  cl100k_base: cl100k,
  'tree-sitter': treeSitter,
  bash,
  c,
  'c-sharp': csharp,
  cpp,
  go,
  java,
  javascript,
  php,
  python,
  ruby,
  rust,
  tsx,
  typescript,
}
