import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { Progress } from '@/local/progress.mjs'
import { type AddStop, runWithStops } from '@/local/run-with-stops'
import { describeCircumstances } from '../machine'
import { startServerProcess } from '../server-process'
import { FOLDER, lockBenchFolder, startDatabase } from '../stack'
import { describeSpread } from '../statistics'

const RESULTS = path.join(import.meta.dirname, '../results')
const FIRST_MAIL = path.join(FOLDER, 'first-mail.eml')
const ROUNDS = 5
const NOTICES = 400
const PASS = 0.7

/** A server on this machine, and one that takes as long to answer as one in the same region. */
const SERVERS = [
  { pauseMs: 0, title: 'a mail server that answers at once' },
  { pauseMs: 10, title: 'a mail server that answers after 10 ms' },
]

const show = (value: number) => String(Number(value.toPrecision(3)))

async function startSink(addStop: AddStop) {
  const sink = await startServerProcess({
    name: 'the mail server',
    script: path.join(import.meta.dirname, 'sink.ts'),
    args: [SERVERS.map(({ pauseMs }) => pauseMs).join(), FIRST_MAIL],
  })
  addStop(sink.stop)
  return {
    url: `smtp://127.0.0.1:${sink.port}`,
    takeNextPause: () => process.kill(sink.pid, 'SIGUSR2'),
  }
}

/** Measures, prints one row for each server, saves them, and returns the exit code. */
export function runDelivery({
  progress,
  args,
}: {
  progress: Progress
  args: string[]
}): Promise<number> {
  const { values } = parseArgs({ args, options: { notices: { type: 'string' } } })
  const count = Number(values.notices ?? NOTICES)
  return runWithStops({
    progress,
    work: async (addStop) => {
      await lockBenchFolder(addStop)
      const database = await startDatabase(addStop)
      process.env.DATABASE_URL = database.appUrl
      process.env.AUTH_SECRET = randomBytes(32).toString('base64url')
      process.env.DATA_KEYS = randomBytes(32).toString('base64url')
      const sink = await startSink(addStop)
      process.env.SMTP_URL = sink.url
      const lines: string[] = []
      for (const { title } of SERVERS) {
        const ratios = await measureServer({ pool: database.pool, count, progress, title })
        const { median, least, most } = describeSpread(ratios)
        const verdict = median >= PASS ? 'pass' : 'below'
        lines.push(
          `| notices delivered ÷ nodemailer alone, ${title} | ${show(median)} (${show(least)} – ${show(most)}) | ≥ ${PASS} | ${verdict} |`,
        )
        sink.takeNextPause()
      }
      keep({ lines, count, versions: { postgres: database.version }, progress })
      return 0
    },
  })
}

async function measureServer({
  pool,
  count,
  progress,
  title,
}: {
  pool: Awaited<ReturnType<typeof startDatabase>>['pool']
  count: number
  progress: Progress
  title: string
}): Promise<number[]> {
  // Imported late: the environment is read on import.
  const { measureMailer, measureOutbox, readMail } = await import('./sides')
  await measureOutbox({ pool, count: 1 })
  const mail = await readMail(FIRST_MAIL)
  const ratios: number[] = []
  for (let round = 0; round <= ROUNDS; round += 1) {
    const sides = [() => measureOutbox({ pool, count }), () => measureMailer({ mail, count })]
    const isTurned = round % 2 === 1
    const figures: number[] = []
    for (const side of isTurned ? sides.toReversed() : sides) figures.push(await side())
    const [ours = 0, alone = 1] = isTurned ? figures.toReversed() : figures
    // The first round warms both up.
    if (round === 0) continue
    ratios.push(ours / alone)
    progress.say(
      `  round ${round}/${ROUNDS} · ${title}: ${Math.round(ours)}/s ÷ ${Math.round(alone)}/s`,
    )
  }
  return ratios
}

function keep({
  lines,
  count,
  versions,
  progress,
}: {
  lines: string[]
  count: number
  versions: { postgres: string }
  progress: Progress
}): void {
  const { startedAt, commit, machine, loadBefore } = describeCircumstances({
    ...versions,
    redis: 'none',
  })
  const table = ['| what | measured | pass | reached |', '|---|---|---|---|', ...lines].join('\n')
  const text = [
    `# Delivery of notices, ${startedAt.slice(0, 10)}, commit ${commit}`,
    `${machine}; load average before: ${loadBefore.toFixed(2)}. ${ROUNDS} rounds of ${count} notices over 50 restaurants each. Medians, in brackets the range. What it compares: docs/benchmarks.md.`,
    table,
  ].join('\n\n')
  mkdirSync(RESULTS, { recursive: true })
  writeFileSync(path.join(RESULTS, `${startedAt.slice(0, 10)}-${commit}-delivery.md`), `${text}\n`)
  progress.say(`\n${table}`)
}
