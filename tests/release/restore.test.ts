import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'

const WITHIN_MS = 300_000

async function drill(...flags: string[]) {
  const child = spawn(process.execPath, ['local/drill-restore.mjs', ...flags], {
    env: { ...process.env, NODE_OPTIONS: '' },
    timeout: WITHIN_MS,
  })
  const outputs = [text(child.stdout), text(child.stderr)] as const
  const [code] = await once(child, 'exit')
  const [told, stderr] = await Promise.all(outputs)
  return { code, told, stderr }
}

test(
  'a lost database is restored to an instant with all it had, and takes a booking',
  async () => {
    const { code, told, stderr } = await drill()
    expect(stderr).toBe('')
    expect(code).toBe(0)
    expect(told).toMatch(/✓ Restoring \d{4}-/)
    expect(told).toMatch(/✓ Booking a table/)
    for (const kind of [
      'constraints',
      'functions',
      'triggers',
      'role limits',
      'contents of tables',
    ])
      expect(told).toMatch(new RegExp(`Compared: .*\\b[1-9]\\d* ${kind}`))
    const [, seconds] = /RPO: .* last (\d+) s \(archive_timeout\)/.exec(told) ?? []
    const guide = readFileSync('docs/guides/backup.md', 'utf8')
    expect(guide).toContain(`archive_timeout = ${seconds}s`)
  },
  WITHIN_MS,
)

test(
  'control: what is dropped, deleted or reset after the restore is noticed',
  async () => {
    const { code, told } = await drill('--spoil')
    expect(code).toBe(1)
    const differences = told.split('\n').filter((line) => line.startsWith('  ! '))
    expect(differences).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/constraints: reservation_slots reservation_slots_pkey is missing/),
        expect.stringMatching(/functions: iso_instant\(.*\) is missing/),
        expect.stringMatching(/role limits: bobjool_app.* was .*lock_timeout=1s/),
        expect.stringMatching(/contents of tables: restaurant_closures was 1 rows/),
      ]),
    )
    expect(told).not.toContain('✓ Booking')
  },
  WITHIN_MS,
)
