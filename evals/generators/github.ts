import { createHash } from 'node:crypto'
import type { Random } from '../random.ts'
import { type Made, ordinary, twoDigits } from './made.ts'

const REPOSITORIES = [
  'facebook/react',
  'microsoft/vscode',
  'tensorflow/tensorflow',
  'kubernetes/kubernetes',
  'golang/go',
  'rust-lang/rust',
  'python/cpython',
  'nodejs/node',
  'django/django',
  'pallets/flask',
  'fastapi/fastapi',
  'vercel/next.js',
]
const LANGUAGES = ['Python', 'TypeScript', 'Go', 'Rust', 'Java']

/** A code search over public repositories, in the shape of the service's answer. */
export function codeSearch(random: Random, query: string, count: number): Made {
  const name = query.toLowerCase().replaceAll(' ', '_')
  const items = Array.from({ length: count }, (_, i) => {
    const repository = random.pick(REPOSITORIES)
    return {
      repository: {
        full_name: repository,
        description: `The ${repository.split('/')[1]} project`,
        stars: random.int(1000, 100_000),
        language: random.pick(LANGUAGES),
        updated_at: `2024-01-${twoDigits(random.int(1, 28))}T00:00:00Z`,
      },
      path: `src/${name}/handler.py`,
      sha: createHash('sha1').update(`${repository}${i}`).digest('hex'),
      url: `https://github.com/${repository}/blob/main/src/${name}/handler.py`,
      score: random.decimal(10, 100, 2),
      text_matches: [
        {
          fragment: `def ${name}(request):\n    # Implementation\n    return response`,
          matches: [{ text: query, indices: [4, 4 + query.length] }],
        },
      ],
    }
  })
  const asks = ordinary(random, items, 4, ({ sha, repository }) => ({
    question: `commit of a hit in ${repository.full_name}`,
    answer: sha,
  }))
  return { value: { total_count: 50 * count, incomplete_results: false, items }, asks }
}

const TITLES = [
  'Memory leak in production',
  'Authentication fails intermittently',
  'Performance degradation after update',
  'UI not rendering correctly on mobile',
  'API returns 500 error on large payloads',
  'Database connection timeout',
  'Feature request: dark mode support',
]
const LABELS = ['bug', 'enhancement', 'help wanted', 'priority: high', 'documentation']
const PARTS = ['authentication', 'payment', 'notification']

/** A page of issues; the texts differ in one word, `planted` stands in one of them. */
export function issueList(random: Random, count: number, planted: string): Made {
  const odd = random.int(count >> 2, (3 * count) >> 2)
  const items = Array.from({ length: count }, (_, i) => {
    const user = random.int(1, 100)
    return {
      number: 1000 + i,
      title: `Issue #${1000 + i}: ${random.pick(TITLES)}`,
      state: random.pick(['open', 'open', 'open', 'closed']),
      user: { login: `user${user}`, avatar_url: `https://avatars.githubusercontent.com/u/${user}` },
      labels: random.sample(LABELS, random.int(0, 3)),
      created_at: hourOf(random),
      updated_at: hourOf(random),
      comments: i === odd ? 4127 : random.int(0, 50),
      body: bodyOf(i === odd ? planted : `The ${random.pick(PARTS)} module fails under load`),
    }
  })
  const asks = ordinary(random, items, 6, ({ title }) => ({
    question: 'title of an issue, by its number',
    answer: title,
  }))
  return {
    value: { total_count: count, items },
    asks: [
      ...asks,
      { kind: 'planted', question: 'the issue unlike the others', answer: planted },
      { kind: 'extreme', question: 'comments of the issue that most discussed', answer: '"comments": 412' },
    ],
  }
}

const hourOf = (random: Random) => `2024-01-${twoDigits(random.int(1, 28))}T${twoDigits(random.int(0, 23))}:00:00Z`

const bodyOf = (problem: string) =>
  `## Description\n\n${problem}.\n\n## Steps to Reproduce\n\n1. Start the application\n2. Perform the action\n3. Observe the error\n\n## Expected Behavior\n\nThe action should complete successfully, as it did before the last update.`
