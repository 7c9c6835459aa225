import type { Random } from '../random.ts'
import { type Made, ordinary, twoDigits } from './made.ts'

const COMPONENTS = ['Button', 'Modal', 'Form', 'Table', 'Card']

/** A hundred React components, no chance in it: one array of equal shapes. */
export function componentHits(random: Random, count: number): Made {
  const hits = Array.from({ length: count }, (_, i) => {
    const component = COMPONENTS[i % COMPONENTS.length]!
    return {
      file: `src/components/${component}.tsx`,
      line: 10 + 3 * i,
      content: `export function ${component}Component${i}(props: Props) {`,
      language: 'typescript',
      repository: 'frontend-app',
      branch: 'main',
      last_modified: '2024-12-15T10:30:00Z',
      author: `dev${i % 10}@company.com`,
      match_score: 0.95 - 0.005 * i,
      context: {
        before: ["import React from 'react';", "import { Props } from './types';"],
        after: ['  return (', '    <div>'],
      },
      metadata: { size_bytes: 1500 + 10 * i, encoding: 'utf-8', mime_type: 'text/typescript' },
    }
  })
  const forms = hits.filter(({ file }) => file.includes('Form'))
  const byName = ({ content }: (typeof hits)[number]) => ({ question: 'a component that is a hit', answer: content })
  return {
    value: hits,
    asks: [
      ...random.sample(forms, 5).map(hit => ({ kind: 'planted' as const, ...byName(hit) })),
      ...ordinary(random, hits, 6, byName),
    ],
  }
}

const SERVICES = ['user-service', 'order-service', 'inventory-service', 'shipping-service']
const ENDPOINTS = ['/api/users', '/api/orders', '/api/inventory', '/api/shipping']
const REGIONS = ['us-east-1', 'us-west-2', 'eu-west-1']

/** A hundred log rows, of which one, of another shape, is the answer to everything. */
export function needleLog(random: Random, count: number, needle: number): Made {
  const rows = Array.from({ length: count }, (_, i) => ({
    timestamp: `2024-12-15T${twoDigits(i % 24)}:${twoDigits(i % 60)}:00Z`,
    level: 'INFO',
    service: SERVICES[i % 4],
    message: `Request processed successfully - latency=${50 + (i % 100)}ms`,
    request_id: `req-${String(i).padStart(6, '0')}`,
    status_code: 200,
    endpoint: ENDPOINTS[i % 4],
    metadata: { region: REGIONS[i % 3], version: '2.4.1' },
  }))
  const asks = ordinary(random, rows.toSpliced(needle, 1), 6, ({ request_id, timestamp }) => ({
    question: `a request at ${timestamp}`,
    answer: request_id,
  }))
  const planted = [
    'payment-gateway',
    FATAL.error_code,
    FATAL.message,
    FATAL.resolution,
    String(FATAL.affected_transactions),
  ]
  return {
    value: rows.map((row, i) => (i === needle ? { ...FATAL, timestamp: row.timestamp } : row)),
    asks: [
      ...planted.map(answer => ({ kind: 'planted' as const, question: 'what failed, and the cure', answer })),
      ...asks,
    ],
  }
}

const FATAL = {
  timestamp: '',
  level: 'FATAL',
  service: 'payment-gateway',
  message: 'Connection pool exhausted - max_connections=100 exceeded',
  error_code: 'PG-5523',
  stack_trace: 'at ConnectionPool.acquire (pool.js:142)\nat PaymentGateway.charge (gateway.js:89)',
  resolution: 'Increase max_connections to 500 in config/database.yml',
  affected_transactions: 1847,
  incident_id: 'INC-2024-1215-001',
}
