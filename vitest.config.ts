import { availableParallelism } from 'node:os'
import path from 'node:path'
import { defineConfig, type TestProjectConfiguration } from 'vitest/config'
import { TallyReporter } from './local/test-tally.ts'
import { onlyMailParts } from './tests/support/mail-parts.ts'
import { STORMS } from './tests/support/storm-runs.ts'

const STACK_SETUP = 'tests/support/global-setup.ts'
const SECONDS = 1000
/** Vitest's own default leaves one core to itself: half of a machine with two. */
const CORES = availableParallelism()

/**
 * A zone with a half-hour offset and daylight saving, so that code which forgets the time zone
 * fails.
 */
process.env.TZ = 'America/St_Johns'

const env = {
  TZ: 'America/St_Johns',
  NODE_ENV: 'test' as const,
  // Files without stores must not reach one by accident; files with stores get their own.
  DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none',
  // Production processes of the tests have them too, so none may be easy to guess.
  AUTH_SECRET: 'nR4vXk2pQz7sWd1mTy9bHc5fJg8uLe3aOiKwZqVxBt6',
  // The first seals; the second is the one that a rotation comes to.
  DATA_KEYS:
    'rZ8kV2nQ5tYxB1mWc7LpD4hGsJ0uEaFo3iKyNqTvXz8,Jd3oYw6NfLk9sRb0TzQe4MxVg7CuHi1pAa5WtKyBnXE',
  CRON_SECRET: 'Hp6tYw3kZr9dNc1vMx5gBs8qJf2uLa7eOiTzKwVyRb4',
  METRICS_TOKEN: 'Xq7nWd3kTs9vRb2yMc5gJh8fPz1uLa6eOiKtVwNxYr4',
  MAIL_HOOK_SECRET: 'Vb2mKx9wQs4tZd7rYn1cHg6pJf3uLe8aOiXkTzWvRq5',
  // Test keys, the same in every run, so that a signature can be reproduced.
  VAPID_PUBLIC_KEY:
    'BECDsnI4a2h6fEXFJweloyfd3ubRcN-KV59pJ9hchh8ldG-KwU46INTSO2m99HTTwMD2Snu2bNjBwzHHNJFNGYw',
  VAPID_PRIVATE_KEY: 'j-mLTgMsRaLvcrTK3IE08v5FzdRuptA_uQNNRIJRr3c',
  APP_URL: 'http://localhost:3000',
  MAIL_FROM: '밥줄 <no-reply@bobjool.test>',
  LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
}

const resolve = {
  alias: {
    '@': path.resolve(import.meta.dirname),
  },
}

/** Thousands of phones at once, or counts of what happens within a second: nothing runs beside them. */
const WHOLE_MACHINE = [
  'tests/concurrency/http-{changes,counts,line,one-key,one-slot,one-table}.test.ts',
  'tests/concurrency/{poll-counts,soft-hold,outbox-processes}.test.ts',
  'tests/faults/{opening-replay,redis-silence}.test.ts',
]

interface Plan {
  name: string
  include: string[]
  exclude?: string[]
  /** Projects with a higher number wait for all with a lower one. */
  group: number
  usesStores: boolean
  /** How many files run side by side. */
  atOnce: number
  timeoutMs: number
  moreEnv?: Record<string, string>
}

/**
 * Calls of one process would go together and hardly meet in the database. Its locks have to hold for
 * any number of processes, so the tests' own process gives each call a transaction; those it starts
 * are as they are.
 */
const EACH_ALONE = { DATABASE_BATCH_MOST: '1' }

function planProject(plan: Plan): TestProjectConfiguration {
  return {
    resolve,
    plugins: [onlyMailParts],
    test: {
      name: plan.name,
      include: plan.include,
      exclude: plan.exclude ?? [],
      env: { ...env, ...plan.moreEnv },
      pool: 'forks',
      // Pure decisions keep nothing from one file to the next.
      isolate: plan.usesStores,
      globalSetup: plan.usesStores ? [STACK_SETUP] : [],
      setupFiles: [
        'tests/support/console-guard.ts',
        ...(plan.usesStores ? ['tests/support/stack-worker.ts'] : []),
      ],
      maxWorkers: plan.atOnce,
      sequence: { groupOrder: plan.group },
      testTimeout: plan.timeoutMs,
      hookTimeout: 120 * SECONDS,
      maxConcurrency: 2,
      // A busy machine takes longer than the usual second.
      expect: { poll: { timeout: 10 * SECONDS } },
    },
  }
}

export default defineConfig({
  test: {
    reporters: ['default', new TallyReporter()],
    projects: [
      planProject({
        name: 'rules',
        include: ['{app,bench,components,domain,emails,lib,messages}/**/*.test.{ts,tsx}'],
        group: 0,
        usesStores: false,
        atOnce: CORES,
        timeoutMs: 60 * SECONDS,
      }),
      planProject({
        name: 'integration',
        include: ['tests/integration/**/*.test.{ts,tsx}'],
        group: 1,
        usesStores: true,
        atOnce: CORES,
        timeoutMs: 30 * SECONDS,
      }),
      // What is Redis' own, over the second way to it.
      planProject({
        name: 'redis-tcp',
        include: [
          'tests/integration/{limits,redis-transport}.test.ts',
          'tests/concurrency/lease.test.ts',
        ],
        group: 1,
        usesStores: true,
        atOnce: CORES,
        timeoutMs: 120 * SECONDS,
        moreEnv: { ...EACH_ALONE, REDIS_WAY: 'TCP' },
      }),
      // Journeys and races share the cores until the last of both is done.
      planProject({
        name: 'journeys',
        include: ['tests/e2e/**/*.test.{ts,tsx}'],
        group: 2,
        usesStores: true,
        atOnce: CORES,
        timeoutMs: 120 * SECONDS,
      }),
      planProject({
        name: 'races',
        include: ['tests/{concurrency,faults}/**/*.test.{ts,tsx}'],
        exclude: WHOLE_MACHINE,
        group: 2,
        usesStores: true,
        atOnce: CORES,
        timeoutMs: 120 * SECONDS * STORMS,
        moreEnv: EACH_ALONE,
      }),
      planProject({
        name: 'crowds',
        include: WHOLE_MACHINE,
        group: 3,
        usesStores: true,
        atOnce: 1,
        timeoutMs: 120 * SECONDS * STORMS,
        moreEnv: EACH_ALONE,
      }),
      planProject({
        name: 'redis-tcp-crowds',
        include: ['tests/concurrency/soft-hold.test.ts'],
        group: 4,
        usesStores: true,
        atOnce: 1,
        timeoutMs: 120 * SECONDS * STORMS,
        moreEnv: { ...EACH_ALONE, REDIS_WAY: 'TCP' },
      }),
      // Too long for every commit; `npm run test:release` runs it.
      ...(process.env.RELEASE_TESTS === '1'
        ? [
            planProject({
              name: 'release',
              include: ['tests/release/**/*.test.{ts,tsx}'],
              group: 5,
              usesStores: true,
              atOnce: 1,
              timeoutMs: 240 * SECONDS,
            }),
          ]
        : []),
    ],
  },
})
