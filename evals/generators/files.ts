import type { Random } from '../random.ts'
import { type Made, ordinary, twoDigits } from './made.ts'

/** Paths as such searches really give; what comes after them is numbered. */
const PATHS = [
  'src/auth/handlers.py',
  'src/auth/middleware.py',
  'src/auth/jwt_utils.py',
  'src/auth/oauth_provider.py',
  'src/api/routes/users.py',
  'src/api/routes/payments.py',
  'src/api/middleware/rate_limit.py',
  'src/services/payment_processor.py',
  'src/services/notification_service.py',
  'src/models/user.py',
  'src/models/transaction.py',
  'src/utils/validators.py',
  'tests/test_auth.py',
  'tests/test_payments.py',
]

/** A search for `query` in source files. With `planted`, one file's match is that line of code. */
export function fileSearch(random: Random, query: string, count: number, planted?: string): Made {
  const odd = planted === undefined ? -1 : random.int(count >> 2, (3 * count) >> 2)
  const matches = Array.from({ length: count }, (_, i) => ({
    path: PATHS[i] ?? `src/modules/module_${i}.py`,
    type: 'file',
    size: random.int(500, 15_000),
    modified: `2024-01-${twoDigits(random.int(1, 28))}`,
    matches: [
      {
        line: random.int(10, 500),
        content: i === odd ? planted! : `    def process_${query}(self, data):`,
        context_before: '    # Process incoming request',
        context_after: `        return self.handler.${query}(data)`,
      },
    ],
    score: random.decimal(0.5, 1, 3),
  }))
  const asks = ordinary(random, matches, 6, ({ path }) => ({
    question: 'is this path among the matches',
    answer: path,
  }))
  const value = { total_matches: count, files_searched: 10 * count, matches }
  if (planted === undefined) return { value, asks }
  return {
    value,
    asks: [...asks, { kind: 'planted', question: 'the line that differs from the others', answer: planted }],
  }
}

interface Folder {
  readonly name: string
  readonly type: 'directory'
  readonly path: string
  readonly children: (Folder | File)[]
}

interface File {
  readonly name: string
  readonly type: 'file'
  readonly path: string
  readonly size: number
  readonly modified: string
}

const FOLDERS =
  'src lib tests docs config scripts api models services utils components hooks middleware handlers auth core'.split(
    ' ',
  )
const EXTENSIONS = ['.py', '.ts', '.js', '.json', '.yaml', '.md']

/** A directory tree as nested objects: `depth` levels, `files` files in each directory. With `planted`, one file has that name. */
export function directoryTree(random: Random, depth: number, files: number, planted: string): Made {
  const all: File[] = []
  const value = folderOf(random, '/project', depth, files, all)
  const odd = random.pick(all)
  const renamed = { ...odd, name: planted, path: odd.path.replace(odd.name, planted) }
  const holder = folderHolding(value, odd)
  holder.children[holder.children.indexOf(odd)] = renamed
  const others = all.filter(file => file !== odd)
  const asks = ordinary(random, others, 6, ({ path, modified }) => ({
    question: `when was ${path} modified`,
    answer: modified,
  }))
  return {
    value,
    asks: [...asks, { kind: 'planted', question: 'where is the file of that name', answer: renamed.path }],
  }
}

function folderOf(random: Random, path: string, depth: number, files: number, all: File[]): Folder {
  const children: (Folder | File)[] = []
  const folders = depth > 1 ? random.int(2, 5) : 0
  for (let i = 0; i < folders; i++)
    children.push(folderOf(random, `${path}/${random.pick(FOLDERS)}${i > 0 ? `_${i}` : ''}`, depth - 1, files, all))
  for (let i = 0; i < files; i++) {
    const name = `module_${i}${random.pick(EXTENSIONS)}`
    const time = `2024-01-${twoDigits(random.int(1, 28))}T${twoDigits(random.int(0, 23))}:${twoDigits(random.int(0, 59))}:00Z`
    const file: File = { name, type: 'file', path: `${path}/${name}`, size: random.int(100, 10_000), modified: time }
    children.push(file)
    all.push(file)
  }
  return { name: path.slice(path.lastIndexOf('/') + 1), type: 'directory', path, children }
}

function folderHolding(folder: Folder, file: File): Folder {
  if (folder.children.includes(file)) return folder
  const inner = folder.children.find(child => child.type === 'directory' && file.path.startsWith(`${child.path}/`))
  return folderHolding(inner as Folder, file)
}
