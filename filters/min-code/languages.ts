import type { Kinds } from '../../models/models.ts'

/** What min-code needs to know of a language; a new one is a grammar in models/load.ts and an entry here and in detect.ts. */
export interface Language {
  readonly name: string
  /** Its grammar's name. */
  readonly grammar: string
  /** What each of the grammar's node types is to us. */
  readonly kinds: Kinds
  /** What opens a comment that ends with its line. */
  readonly comment: '//' | '#'
  /** The statement that a block without any other must have. */
  readonly empty?: string
  /** Blocks are told by indentation: what stands deeper in one needs all that stands around it. */
  readonly indented?: true
}

/** A function, method, closure or block that is called later. */
export const FUNCTION = 1
/** Statements in braces or by indentation. A function's body is the block right below it. */
export const BLOCK = 2
/** A class, interface, struct, trait, enum, module. */
export const TYPE = 3
/** What gives a name to a function inside: a variable, a property, an assignment. */
export const NAMED = 4
export const COMMENT = 5
/** Statements or members without being a function's body. */
export const MEMBERS = 6
/** A literal of many values. */
export const DATA = 7
/** A string that may go over lines. */
export const TEXT = 8
/** An expression in parentheses, which an arrow function may have for its body. */
export const VALUE = 9
/** As models/models.ts has them; filters take nothing but types from there. */
const LIST = 64
const LINES = 128

const all = (kind: number, types: string): Kinds => Object.fromEntries(types.split(' ').map(type => [type, kind]))

const SCRIPT: Kinds = {
  ...all(
    FUNCTION | LINES,
    'function_declaration generator_function_declaration function_expression generator_function arrow_function method_definition class_static_block',
  ),
  ...all(BLOCK | LIST, 'statement_block'),
  ...all(
    TYPE,
    'class_declaration abstract_class_declaration class interface_declaration enum_declaration type_alias_declaration internal_module module',
  ),
  ...all(NAMED, 'variable_declarator pair assignment_expression public_field_definition field_definition'),
  ...all(COMMENT, 'comment'),
  ...all(MEMBERS | LIST, 'program class_body interface_body enum_body'),
  ...all(DATA | LIST, 'object array'),
  ...all(TEXT, 'template_string'),
  ...all(VALUE, 'parenthesized_expression'),
}

const C_KINDS: Kinds = {
  ...all(FUNCTION | LINES, 'function_definition lambda_expression'),
  ...all(BLOCK | LIST, 'compound_statement'),
  ...all(TYPE, 'struct_specifier union_specifier enum_specifier class_specifier namespace_definition type_definition'),
  ...all(COMMENT, 'comment'),
  ...all(MEMBERS | LIST, 'translation_unit field_declaration_list declaration_list'),
  ...all(DATA | LIST, 'initializer_list'),
}

/** What an arrow function gives whose value is not shown. */
export const NO_VALUE = 'undefined'

const braces = (name: string, grammar: string, kinds: Kinds): Language => ({ name, grammar, kinds, comment: '//' })

export const languages = {
  typescript: braces('TypeScript', 'typescript', SCRIPT),
  tsx: braces('TSX', 'tsx', SCRIPT),
  javascript: braces('JavaScript', 'javascript', SCRIPT),
  python: {
    name: 'Python',
    grammar: 'python',
    comment: '#',
    empty: '...',
    indented: true,
    kinds: {
      ...all(FUNCTION | LINES, 'function_definition'),
      ...all(BLOCK | LIST, 'block'),
      ...all(TYPE, 'class_definition'),
      ...all(NAMED, 'assignment'),
      ...all(COMMENT, 'comment'),
      ...all(MEMBERS | LIST, 'module'),
      ...all(DATA | LIST, 'dictionary list tuple set'),
      ...all(TEXT, 'string'),
    },
  },
  rust: braces('Rust', 'rust', {
    ...all(FUNCTION | LINES, 'function_item closure_expression'),
    ...all(BLOCK | LIST, 'block'),
    ...all(TYPE, 'impl_item trait_item struct_item enum_item union_item mod_item type_item foreign_mod_item'),
    ...all(NAMED, 'let_declaration'),
    ...all(COMMENT, 'line_comment block_comment'),
    ...all(MEMBERS | LIST, 'source_file declaration_list field_declaration_list enum_variant_list'),
    ...all(DATA | LIST, 'array_expression'),
    ...all(TEXT, 'string_literal raw_string_literal'),
  }),
  go: braces('Go', 'go', {
    ...all(FUNCTION | LINES, 'function_declaration method_declaration func_literal'),
    ...all(BLOCK | LIST, 'block'),
    ...all(TYPE, 'type_declaration'),
    ...all(NAMED, 'short_var_declaration var_declaration keyed_element'),
    ...all(COMMENT, 'comment'),
    ...all(MEMBERS | LIST, 'source_file field_declaration_list statement_list'),
    ...all(DATA | LIST, 'literal_value'),
    ...all(TEXT, 'raw_string_literal'),
  }),
  java: braces('Java', 'java', {
    ...all(
      FUNCTION | LINES,
      'method_declaration constructor_declaration compact_constructor_declaration lambda_expression static_initializer',
    ),
    ...all(BLOCK | LIST, 'block constructor_body'),
    ...all(
      TYPE,
      'class_declaration interface_declaration enum_declaration record_declaration annotation_type_declaration',
    ),
    ...all(NAMED, 'variable_declarator'),
    ...all(COMMENT, 'line_comment block_comment'),
    ...all(MEMBERS | LIST, 'program class_body interface_body enum_body enum_body_declarations annotation_type_body'),
    ...all(DATA | LIST, 'array_initializer'),
  }),
  c: braces('C', 'c', C_KINDS),
  cpp: braces('C++', 'cpp', C_KINDS),
  csharp: braces('C#', 'c-sharp', {
    ...all(
      FUNCTION | LINES,
      'method_declaration constructor_declaration destructor_declaration operator_declaration conversion_operator_declaration local_function_statement lambda_expression anonymous_method_expression accessor_declaration property_declaration indexer_declaration event_declaration',
    ),
    ...all(BLOCK | LIST, 'block accessor_list'),
    ...all(
      TYPE,
      'class_declaration struct_declaration interface_declaration enum_declaration record_declaration delegate_declaration namespace_declaration',
    ),
    ...all(NAMED, 'variable_declarator'),
    ...all(COMMENT, 'comment'),
    ...all(MEMBERS | LIST, 'compilation_unit declaration_list enum_member_declaration_list'),
    ...all(DATA | LIST, 'initializer_expression'),
  }),
  ruby: {
    name: 'Ruby',
    grammar: 'ruby',
    comment: '#',
    kinds: {
      ...all(FUNCTION | LINES, 'method singleton_method do_block'),
      ...all(BLOCK | LIST, 'body_statement then else do begin'),
      ...all(TYPE, 'class module singleton_class'),
      ...all(NAMED, 'assignment pair'),
      ...all(COMMENT, 'comment'),
      ...all(MEMBERS | LIST, 'program'),
      ...all(DATA | LIST, 'array hash'),
    },
  },
  php: braces('PHP', 'php', {
    ...all(FUNCTION | LINES, 'function_definition method_declaration anonymous_function'),
    ...all(BLOCK | LIST, 'compound_statement'),
    ...all(TYPE, 'class_declaration interface_declaration trait_declaration enum_declaration'),
    ...all(NAMED, 'assignment_expression array_element_initializer'),
    ...all(COMMENT, 'comment'),
    ...all(MEMBERS | LIST, 'program declaration_list enum_declaration_list'),
    ...all(DATA | LIST, 'array_creation_expression'),
  }),
  bash: {
    name: 'Bash',
    grammar: 'bash',
    comment: '#',
    empty: ':',
    kinds: {
      ...all(FUNCTION | LINES, 'function_definition'),
      ...all(BLOCK | LIST, 'compound_statement'),
      ...all(COMMENT, 'comment'),
      ...all(MEMBERS | LIST, 'program'),
      ...all(DATA | LIST, 'array'),
      ...all(TEXT, 'raw_string string'),
    },
  },
} as const satisfies Record<string, Language>

export type LanguageName = keyof typeof languages
