import { createEnv } from '@t3-oss/env-nextjs'
import { z } from 'zod'

const list = z
  .string()
  .transform((value) => value.split(',').map((part) => part.trim()))
  .pipe(z.array(z.string().min(16, 'each secret needs 16 characters or more')).min(1))

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

/**
 * The environment, parsed once. `.env.example` describes every variable. During `next build`
 * nothing is required, because a build needs neither a database nor a secret.
 */
export const env = createEnv({
  server: {
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
    DATABASE_POOL_MAX: z.coerce.number().int().min(1).max(200).default(10),
    DATABASE_MAX_WAITING: z.coerce.number().int().min(0).max(100_000).default(400),
    UPSTASH_REDIS_REST_URL: z.url().optional(),
    UPSTASH_REDIS_REST_TOKEN: z.string().min(1).optional(),
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
      .optional(),
    NOTICE_ORIGINS: origins.default([]),
    AUTH_SECRET: list,
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
    CRON_SECRET: z.string().min(16).optional(),
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
  experimental__runtimeEnv: {},
  emptyStringAsUndefined: true,
  skipValidation: process.env.NEXT_PHASE === 'phase-production-build',
})

// next-auth reads its origin from here; the service has only this one address.
if (env.APP_URL) process.env.NEXTAUTH_URL = env.APP_URL

export const isDevelopment = process.env.NODE_ENV === 'development'
