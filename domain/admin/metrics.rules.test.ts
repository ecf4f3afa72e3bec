import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { metrics } from '@/lib/metrics/metrics'
import { findDebianProgram } from '@/local/debian-programs'
import { serviceGauges } from './metrics.rules'

const RULES = 'ops/prometheus/rules.yml'
const dashboards = readdirSync('ops/grafana').map((file) => path.join('ops/grafana', file))
const read = (file: string) => readFileSync(file, 'utf8')

/** Every series there is: a histogram has three. */
const known = new Set([
  ...Object.keys(serviceGauges),
  ...metrics.registry.getMetricsAsArray().flatMap(({ name }) => {
    const isHistogram = name === 'bobjool_http_request_duration_seconds'
    return isHistogram ? ['bucket', 'sum', 'count'].map((part) => `${name}_${part}`) : [name]
  }),
])
const namesIn = (text: string) => [...new Set(text.match(/bobjool_[a-z_]+/g) ?? [])].sort()
const listAlerts = () => [...read(RULES).matchAll(/- alert: (\w+)/g)].map(([, name = '']) => name)

describe('what watches the service', () => {
  it.each([RULES, 'docs/guides/runbook.md', ...dashboards])(
    '%s names only metrics that there are',
    (file) => {
      const named = namesIn(read(file)).filter((name) => !/_$/.test(name))
      expect(named.length).toBeGreaterThan(3)
      expect(named.filter((name) => !known.has(name))).toEqual([])
    },
  )

  it('every metric begins with our name, and is in a dashboard or an alert', () => {
    expect([...known].filter((name) => !name.startsWith('bobjool_'))).toEqual([])
    const used = new Set([RULES, ...dashboards].flatMap((file) => namesIn(read(file))))
    const unread = ['count', 'sum'].map((part) => `bobjool_http_request_duration_seconds_${part}`)
    expect([...known].filter((name) => !used.has(name)).sort()).toEqual(unread)
  })

  it('every alert has its section in the runbook, and every section its alert', () => {
    const sections = [...read('docs/guides/runbook.md').matchAll(/^## (\w+)$/gm)]
    const alerts = listAlerts()
    expect(alerts.length).toBeGreaterThan(15)
    expect(sections.map(([, name]) => name)).toEqual(alerts)
    const urls = [...read(RULES).matchAll(/runbook_url: \S+runbook\.md#(\w+)/g)]
    expect(urls.map(([, anchor]) => anchor)).toEqual(alerts.map((name) => name.toLowerCase()))
  })

  it('every alert is shown to fire and to stay silent', () => {
    const tests = read('ops/prometheus/rules.test.yml')
    const missing = listAlerts().filter(
      (name) => !tests.includes(`${name} fires`) || !tests.includes(`${name} stays silent`),
    )
    expect(missing).toEqual([])
  })

  it.each([
    [['check', 'rules', RULES]],
    [['test', 'rules', 'ops/prometheus/rules.test.yml']],
    [['check', 'config', '--syntax-only', 'ops/prometheus/prometheus.yml']],
  ])('promtool %s', (args) => {
    const promtool = findDebianProgram('promtool')
    expect(promtool, 'promtool is in Debian’s package prometheus').not.toBeNull()
    const { status, stdout, stderr } = spawnSync(String(promtool), args, { encoding: 'utf8' })
    expect(status, stdout + stderr).toBe(0)
  })

  it.each(dashboards)('%s is one that Grafana imports, with a data source to choose', (file) => {
    const dashboard = JSON.parse(read(file))
    expect(dashboard).toMatchObject({ id: null, uid: expect.stringMatching(/^bobjool-/) })
    expect(dashboard.schemaVersion).toBeGreaterThanOrEqual(38)
    expect(dashboard.panels.length).toBeGreaterThan(5)
    const ids = dashboard.panels.map(({ id }: { id: number }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const panel of dashboard.panels)
      expect(panel).toMatchObject({
        datasource: { type: 'prometheus', uid: '$source' },
        gridPos: { h: expect.any(Number), w: expect.any(Number) },
        targets: expect.arrayContaining([expect.objectContaining({ expr: expect.any(String) })]),
      })
    expect(dashboard.templating.list).toEqual([
      expect.objectContaining({ name: 'source', type: 'datasource', query: 'prometheus' }),
    ])
  })
})
