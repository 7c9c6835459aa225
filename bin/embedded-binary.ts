import bash from '../models/grammars/bash.zst' with { type: 'file' }
import c from '../models/grammars/c.zst' with { type: 'file' }
import csharp from '../models/grammars/c-sharp.zst' with { type: 'file' }
import cpp from '../models/grammars/cpp.zst' with { type: 'file' }
import go from '../models/grammars/go.zst' with { type: 'file' }
import java from '../models/grammars/java.zst' with { type: 'file' }
import javascript from '../models/grammars/javascript.zst' with { type: 'file' }
import php from '../models/grammars/php.zst' with { type: 'file' }
import python from '../models/grammars/python.zst' with { type: 'file' }
import ruby from '../models/grammars/ruby.zst' with { type: 'file' }
import rust from '../models/grammars/rust.zst' with { type: 'file' }
import treeSitter from '../models/grammars/tree-sitter.zst' with { type: 'file' }
import tsx from '../models/grammars/tsx.zst' with { type: 'file' }
import typescript from '../models/grammars/typescript.zst' with { type: 'file' }
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
