import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text as readAll } from 'node:stream/consumers'
import { afterAll, expect } from 'vitest'
import { z } from 'zod'
import { type RunningProcess, startProcess } from '@/local/child-process'
import { type DebianProgram, findDebianProgram } from '@/local/debian-programs'
import { findFreePort } from '@/local/free-port'

const RULES = path.resolve('ops/prometheus/rules.yml')

const told = z.object({
  alerts: z.array(
    z.object({
      status: z.enum(['firing', 'resolved']),
      labels: z.record(z.string(), z.string()),
      annotations: z.record(z.string(), z.string()),
    }),
  ),
})
const listed = z.array(z.object({ labels: z.record(z.string(), z.string()) }))
type Told = z.infer<typeof told>['alerts'][number]

export interface Alerting {
  /** Alerts that Alertmanager has at this moment. */
  listFiring: () => Promise<string[]>
  /** What Alertmanager has told its receiver, oldest first. */
  listTold: () => Told[]
}

function findProgram(name: DebianProgram): string {
  const program = findDebianProgram(name)
  if (!program) throw new Error(`no ${name}: npm run test:release -- alerts unpacks it`)
  return program
}

/** The rules as they are shipped, but that nothing has to last before it fires. */
const readHastyRules = () => readFileSync(RULES, 'utf8').replaceAll(/^( +for:) \S+$/gm, '$1 0s')

const writePrometheus = ({ target, manager }: { target: string; manager: number }) => `
global: { scrape_interval: 1s, evaluation_interval: 1s }
rule_files: [rules.yml]
alerting:
  alertmanagers: [{ static_configs: [{ targets: ['127.0.0.1:${manager}'] }] }]
scrape_configs:
  - job_name: bobjool
    metrics_path: /api/metrics
    authorization: { type: Bearer, credentials_file: token }
    static_configs: [{ targets: ['${target}'] }]
`

const writeAlertmanager = (receiver: number) => `
route: { receiver: operator, group_by: [alertname], group_wait: 0s, group_interval: 1s, repeat_interval: 1h }
receivers:
  - name: operator
    webhook_configs: [{ url: 'http://127.0.0.1:${receiver}/', send_resolved: true }]
`

/** Prometheus and Alertmanager from Debian that watch one process, until the end of the file. */
export async function startAlerting({
  url,
  token,
}: {
  url: string
  token: string
}): Promise<Alerting> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bobjool-alerting-'))
  const heard: Told[] = []
  const receiver = await startReceiver(heard)
  const [prometheus, manager] = [await findFreePort(), await findFreePort()]
  const write = (file: string, content: string) => writeFileSync(path.join(folder, file), content)
  write('rules.yml', readHastyRules())
  write('token', token)
  write('prometheus.yml', writePrometheus({ target: new URL(url).host, manager }))
  write('alertmanager.yml', writeAlertmanager(receiver.port))
  const start = (name: DebianProgram, args: string[]) =>
    startProcess({ name, command: findProgram(name), args, cwd: folder })
  const managing = await start('prometheus-alertmanager', [
    ...['--config.file=alertmanager.yml', '--storage.path=alerts', '--cluster.listen-address='],
    `--web.listen-address=127.0.0.1:${manager}`,
  ])
  const watching = await start('prometheus', [
    ...['--config.file=prometheus.yml', '--storage.tsdb.path=series'],
    `--web.listen-address=127.0.0.1:${prometheus}`,
  ])
  afterAll(async () => {
    await Promise.all([managing.stop(), watching.stop()])
    receiver.stop()
    rmSync(folder, { recursive: true })
  })
  await Promise.all([
    waitUntilReady({ port: manager, program: managing }),
    waitUntilReady({ port: prometheus, program: watching }),
  ])
  return {
    listTold: () => heard,
    listFiring: async () => {
      const response = await fetch(`http://127.0.0.1:${manager}/api/v2/alerts?active=true`)
      return listed.parse(await response.json()).map(({ labels }) => labels.alertname ?? '')
    },
  }
}

async function waitUntilReady({
  port,
  program,
}: {
  port: number
  program: RunningProcess
}): Promise<void> {
  const ask = () =>
    fetch(`http://127.0.0.1:${port}/-/ready`).then(
      ({ status }) => status,
      () => (program.hasExited() ? program.readLastLines().at(-1) : 'away'),
    )
  await expect.poll(ask, { timeout: 60_000, interval: 100 }).toBe(200)
}

async function startReceiver(heard: Told[]): Promise<{ port: number; stop: () => void }> {
  const port = await findFreePort()
  const server = createServer(async (request, response) => {
    heard.push(...told.parse(JSON.parse(await readAll(request))).alerts)
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return { port, stop: () => server.close() }
}
