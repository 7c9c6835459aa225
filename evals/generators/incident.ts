import { createHash } from 'node:crypto'
import type { Random } from '../random.ts'
import { type Ask, type Made, ordinary, twoDigits } from './made.ts'

const SERVICES = ['api-gateway', 'auth-service', 'payment-service', 'user-service', 'notification-service']
const LEVELS = ['INFO', 'INFO', 'INFO', 'INFO', 'WARN', 'ERROR', 'DEBUG']
const REGIONS = ['us-east-1', 'us-west-2', 'eu-west-1']

/** A log search over five services: one entry a minute. With `planted`, one entry is the cause of the incident. */
export function logSearch(random: Random, count: number, planted?: string): Made {
  const odd = planted === undefined ? -1 : random.int(count >> 2, (3 * count) >> 2)
  const entries = Array.from({ length: count }, (_, i) => {
    const service = i === odd ? 'payment-service' : random.pick(SERVICES)
    const level = i === odd ? 'ERROR' : random.pick(LEVELS)
    return {
      timestamp: `2024-01-15T${twoDigits(10 + Math.floor(i / 60))}:${twoDigits(i % 60)}:00Z`,
      level,
      service,
      message: i === odd ? planted! : messageOf(random, level, service),
      trace_id: createHash('md5').update(String(i)).digest('hex').slice(0, 16),
      metadata: { host: `pod-${service}-${random.int(1, 5)}`, region: random.pick(REGIONS) },
    }
  })
  const byTrace = (entry: (typeof entries)[number]) => ({
    question: `trace id of the ${entry.service} entry at ${entry.timestamp}`,
    answer: entry.trace_id,
  })
  const errors = entries.filter(({ level }, i) => level === 'ERROR' && i !== odd)
  const asks: Ask[] = [
    ...random.sample(errors, 2).map(entry => ({ kind: 'error' as const, ...byTrace(entry) })),
    ...ordinary(random, entries, 6, byTrace),
  ]
  if (planted !== undefined) asks.push({ kind: 'planted', question: 'root cause in the logs', answer: planted })
  return { value: { total_hits: 10 * count, returned: count, entries }, asks }
}

function messageOf(random: Random, level: string, service: string): string {
  if (level === 'ERROR')
    return random.pick([
      `Connection refused to ${service}:8080 - ECONNREFUSED`,
      `Timeout waiting for response from ${service} after 30000ms`,
      'Failed to process request: NullPointerException',
      'Database connection pool exhausted',
    ])
  if (level === 'WARN')
    return random.pick([
      'High latency detected: 2500ms (threshold: 1000ms)',
      'Rate limit approaching: 450/500 requests',
      'Memory usage at 85%',
      `Retry attempt 3/5 for ${service}`,
    ])
  return random.pick([
    'Request processed successfully',
    'Health check passed',
    `Cache hit for key: user_session_${random.int(1000, 9999)}`,
    `Authenticated user: user_${random.int(1000, 9999)}`,
  ])
}

const COUNTRIES = ['US', 'UK', 'DE', 'FR', 'JP', 'AU', 'CA']

/** A table of users; three revenues are far out of range, and three accounts are suspended besides. */
export function userRows(random: Random, count: number): Made {
  const day = () => `2024-01-${twoDigits(random.int(1, 28))}`
  const rows = Array.from({ length: count }, (_, i) => ({
    user_id: `user_${10000 + i}`,
    email: `user${10000 + i}@example.com`,
    created_at: day(),
    last_login: `${day()}T${twoDigits(random.int(0, 23))}:${twoDigits(random.int(0, 59))}:00Z`,
    total_orders: random.int(0, 100),
    total_revenue: random.decimal(0, 10000, 2),
    status: random.pick(['active', 'active', 'active', 'inactive', 'suspended']),
    country: random.pick(COUNTRIES),
    subscription_tier: random.pick(['free', 'free', 'basic', 'premium', 'enterprise']),
  }))
  const [rich, suspended] = [random.sample(rows, 3), random.sample(rows, 3)]
  for (const row of rich) row.total_revenue = random.decimal(50_000, 100_000, 2)
  for (const row of suspended) row.status = 'suspended'
  const extremes = rich.map(({ user_id, total_revenue }) => ({
    kind: 'extreme' as const,
    question: `revenue of ${user_id}, far above all others`,
    answer: String(total_revenue),
  }))
  const logins = ordinary(random, rows, 6, row => ({
    question: `last login of ${row.user_id}`,
    answer: row.last_login,
  }))
  const value = { columns: Object.keys(rows[0]!), row_count: count, rows, execution_time_ms: random.int(50, 500) }
  return { value, asks: [...extremes, ...logins] }
}
