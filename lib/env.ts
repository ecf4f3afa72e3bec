import { createEnv } from '@t3-oss/env-nextjs'
import { z } from 'zod'
import { readDataKey } from '@/lib/crypto/encrypted-value'
import { findWeakness } from '@/lib/secret-strength'
import { loadVariableFiles } from '@/lib/variable-file'

const isProduction = process.env.NODE_ENV === 'production'
const isBuild = process.env.NEXT_PHASE === 'phase-production-build'
export const isDevelopment = process.env.NODE_ENV === 'development'

const HOW_TO_MAKE_ONE = `Make one: node -e "console.log(require('crypto').randomBytes(32).toString('base64url'))"`

/** Production refuses what can be guessed. `remedy`: how the operator gets another. */
const refuseWeak = (remedy: string) => (secret: string, ctx: z.RefinementCtx<string>) => {
  const weakness = isProduction && findWeakness(secret)
  if (weakness) ctx.addIssue({ code: 'custom', message: `${weakness}. ${remedy}` })
}

/** A secret that the operator makes up. */
const ownSecret = z.string().min(1).superRefine(refuseWeak(HOW_TO_MAKE_ONE))

const list = z
  .string()
  .transform((value) => value.split(',').map((part) => part.trim()))
  .pipe(z.array(ownSecret).min(1))

const urls = z
  .string()
  .transform((value) => value.split(',').map((part) => part.trim()))
  .pipe(z.array(z.url({ protocol: /^https?$/ })).min(1))

/**
 * A PEM as is, with \\n for its line breaks, or in base64, because not every host allows multi-line
 * values.
 */
const pem = z
  .string()
  .transform((given) =>
    given.includes('-----')
      ? given.replaceAll('\\n', '\n')
      : Buffer.from(given, 'base64').toString('utf8'),
  )
  .refine((text) => /-----BEGIN (?:RSA )?PRIVATE KEY-----/.test(text), 'needs a private key in PEM')

/** RFC 9116: `mailto:`, `tel:` or https. One line, because each becomes a line of a file. */
const contacts = z
  .string()
  .transform((value) => value.split(',').map((part) => part.trim()))
  .pipe(z.array(z.string().regex(/^(?:mailto:|tel:|https:\/\/)[!-~]+$/)).min(1))

/** 32 bytes each, in base64url. The first one seals, all of them open. */
const dataKeys = z.string().transform((given, ctx) => {
  const parts = given.split(',').map((part) => part.trim())
  const keys = parts.map(readDataKey).filter((key) => key !== null)
  const weakness = isProduction && parts.map(findWeakness).find((found) => found !== null)
  if (keys.length === parts.length && !weakness) return keys
  const problem = weakness || 'each key needs 32 bytes in base64url'
  ctx.addIssue({ code: 'custom', message: `${problem}. ${HOW_TO_MAKE_ONE}` })
  return z.NEVER
})

/** Ids of keys, as `/api/health/ready` names them. */
const keyIds = z
  .string()
  .transform((value) => value.split(',').map((part) => part.trim()))
  .pipe(z.array(z.string().regex(/^[0-9a-f]{8}$/)))

/** Absent: none. Only the origins of the URLs matter. */
const origins = urls.transform((given) => given.map((url) => new URL(url).origin))

/** Roles of accounts, with commas. */
const roles = z
  .string()
  .transform((value) => value.split(',').map((part) => part.trim()))
  .pipe(z.array(z.enum(['OWNER', 'ADMIN'])))
/** A line of the footer. */
const detail = z.string().min(1).max(200).optional()

const vercelUrl = process.env.VERCEL_PROJECT_PRODUCTION_URL

/** Each may be in a file, as secrets mounted into a container are: `<name>_FILE` names it. */
const secretNames = [
  ...(['DATABASE_URL', 'UPSTASH_REDIS_REST_TOKEN', 'REDIS_URL'] as const),
  ...(['SMTP_URL', 'MAIL_HOOK_SECRET'] as const),
  ...(['DKIM_PRIVATE_KEY', 'VAPID_PRIVATE_KEY', 'AUTH_SECRET', 'DATA_KEYS'] as const),
  ...(['CRON_SECRET', 'METRICS_TOKEN'] as const),
  ...(['KAKAO_CLIENT_SECRET', 'NAVER_CLIENT_SECRET'] as const),
]
if (!isBuild) loadVariableFiles({ environment: process.env, names: secretNames })

/** Of each pair one means nothing without the other: set alone, something is off that was wanted. */
const pairs = [
  ['UPSTASH_REDIS_REST_URL', 'UPSTASH_REDIS_REST_TOKEN'],
  ['DKIM_SELECTOR', 'DKIM_PRIVATE_KEY'],
  ['VAPID_PUBLIC_KEY', 'VAPID_PRIVATE_KEY'],
  ['KAKAO_CLIENT_ID', 'KAKAO_CLIENT_SECRET'],
  ['NAVER_CLIENT_ID', 'NAVER_CLIENT_SECRET'],
] as const

function refuseHalves(values: Record<string, unknown>, ctx: z.RefinementCtx): void {
  if (!isProduction) return
  for (const pair of pairs) {
    const [missing, ...more] = pair.filter((name) => values[name] === undefined)
    if (!missing || more.length > 0) continue
    const other = pair.find((name) => name !== missing)
    ctx.addIssue({ code: 'custom', path: [missing], message: `not set, while ${other} is` })
  }
}

/**
 * The environment, parsed once. `.env.example` describes every variable. During `next build`
 * nothing is required, because a build needs neither a database nor a secret.
 */
export const env = createEnv({
  server: {
    DATABASE_URL: z
      .url({ protocol: /^postgres(ql)?$/ })
      .refine(
        (url) => !isProduction || new URL(url).password !== 'password',
        'has the password of .env.example',
      ),
    DATABASE_POOL_MAX: z.coerce.number().int().min(1).max(200).default(10),
    DATABASE_BATCH_MOST: z.coerce.number().int().min(1).max(1_000).default(128),
    DATABASE_MAX_WAITING: z.coerce.number().int().min(0).max(100_000).default(400),
    DOOR_MOST_IN_FLIGHT: z.coerce.number().int().min(0).max(100_000).default(300),
    DOOR_MOST_DELAY_MS: z.coerce.number().int().min(10).max(60_000).default(500),
    DOOR_MOST_SIGN_INS: z.coerce.number().int().min(1).max(10_000).default(24),
    SERVE_DIRECTLY: z.stringbool().default(true),
    UPSTASH_REDIS_REST_URL: z.url().optional(),
    UPSTASH_REDIS_REST_TOKEN: z.string().min(1).optional(),
    REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
    SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
    MAIL_FROM: z.string().min(3).default('밥줄 <no-reply@bobjool.test>'),
    MAIL_HOOK_SECRET: list.optional(),
    DKIM_SELECTOR: z
      .string()
      .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i)
      .optional(),
    DKIM_PRIVATE_KEY: pem.optional(),
    VAPID_PUBLIC_KEY: z
      .string()
      .regex(/^[\w-]{87}$/)
      .optional(),
    VAPID_PRIVATE_KEY: z
      .string()
      .regex(/^[\w-]{43}$/)
      .superRefine(refuseWeak('Make both: npx web-push generate-vapid-keys'))
      .optional(),
    NOTICE_ORIGINS: origins.default([]),
    AUTH_SECRET: list,
    GIVEN_UP_KEYS: keyIds.default([]),
    DATA_KEYS: isProduction ? dataKeys : dataKeys.default([]),
    DINER_RESERVATIONS_MAX: z.coerce.number().int().min(1).max(1_000).default(10),
    APP_URL: z.url().default(vercelUrl ? `https://${vercelUrl}` : 'http://localhost:3000'),
    OPENING_BEACON: z.enum(['none', 'local', 'drand-quicknet']).default('none'),
    DRAND_URLS: urls.default([
      'https://api.drand.sh',
      'https://api2.drand.sh',
      'https://api3.drand.sh',
      'https://drand.cloudflare.com',
    ]),
    PASSKEY_ROLES: roles.default([]),
    CRON_SECRET: ownSecret.optional(),
    METRICS_TOKEN: ownSecret.optional(),
    TRUSTED_ADDRESS_HEADER: z
      .string()
      .regex(/^[a-z0-9-]+$/i)
      .optional(),
    KAKAO_CLIENT_ID: z.string().min(1).optional(),
    KAKAO_CLIENT_SECRET: z.string().min(1).optional(),
    KAKAO_BASE_URL: z.url().optional(),
    NAVER_CLIENT_ID: z.string().min(1).optional(),
    NAVER_CLIENT_SECRET: z.string().min(1).optional(),
    NAVER_BASE_URL: z.url().optional(),
    OPERATOR_NAME: detail,
    OPERATOR_REPRESENTATIVE: detail,
    OPERATOR_ADDRESS: detail,
    OPERATOR_PHONE: detail,
    OPERATOR_EMAIL: z.email().optional(),
    OPERATOR_BUSINESS_NUMBER: detail,
    OPERATOR_MAIL_ORDER_NUMBER: detail,
    OPERATOR_HOSTING: detail,
    OPERATOR_PRIVACY_OFFICER: detail,
    SECURITY_CONTACT: contacts.optional(),
    SECURITY_POLICY_URL: z.url({ protocol: /^https$/ }).optional(),
    LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
  },
  createFinalSchema: (shape) => z.object(shape).superRefine(refuseHalves),
  experimental__runtimeEnv: {},
  emptyStringAsUndefined: true,
  skipValidation: isBuild,
})

// next-auth reads its origin from here; the service has only this one address.
if (env.APP_URL) process.env.NEXTAUTH_URL = env.APP_URL

/** In development a weak secret only warns, because production would refuse it. */
if (isDevelopment)
  for (const [name, secrets] of Object.entries({
    AUTH_SECRET: env.AUTH_SECRET,
    CRON_SECRET: [env.CRON_SECRET ?? ''],
    METRICS_TOKEN: [env.METRICS_TOKEN ?? ''],
    MAIL_HOOK_SECRET: env.MAIL_HOOK_SECRET ?? [],
  }))
    for (const weakness of secrets.filter(Boolean).map(findWeakness))
      if (weakness) process.emitWarning(`${name} ${weakness}. ${HOW_TO_MAKE_ONE}`)
